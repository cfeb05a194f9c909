"""The JSON API: what programs and the partner widget talk to."""
