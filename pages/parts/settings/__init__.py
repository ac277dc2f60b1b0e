"""Blocks of the Settings screen."""
