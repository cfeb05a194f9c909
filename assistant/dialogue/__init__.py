"""From a question in a conversation to the reply."""
