"""Blocks of the Disputes screen."""
