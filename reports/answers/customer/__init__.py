"""Findings about one customer, and the change point of its payments."""
