"""Readings that words and arithmetic settle together: each says which figures may belong together, and how rare a fit must be."""
