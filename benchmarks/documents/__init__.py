"""Measures how well, and how fast, documents are read."""
