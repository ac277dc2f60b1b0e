"""Blocks of the Definitions screen."""
