"""Blocks of the What-if screen."""
