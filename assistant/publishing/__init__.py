"""From the corpus to a verified index version that the assistant serves."""
