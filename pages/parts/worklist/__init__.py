"""Blocks of the Worklist screen."""
