"""Shows replies and the library in the browser."""
