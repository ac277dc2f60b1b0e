"""Blocks about contacts with one customer, which several screens open."""
