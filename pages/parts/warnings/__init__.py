"""Blocks of the Early warning screen."""
