"""Labelled questions and the figures they give."""
