"""The commands of content staff: which options each takes, and what it does."""
