"""Definitions of figures and queries."""
