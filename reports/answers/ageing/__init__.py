"""Findings of the ageing."""
