"""Readers of the formats that are no Markdown, one module a format, each giving the same `Reading`."""
