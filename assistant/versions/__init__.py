"""Index versions: their files, and which of them is served."""
