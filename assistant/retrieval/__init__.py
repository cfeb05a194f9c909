"""Passages, embedded and indexed, and the search over them."""
