"""Blocks of the Customer screen, and the panel about one customer that other screens open."""
