"""Which version a running process answers from, and how it moves on to the next."""
