"""Figures of the ageing."""
