"""Files of the corpus, read into documents and split into passages."""
