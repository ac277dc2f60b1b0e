"""Blocks of the Bank screen."""
