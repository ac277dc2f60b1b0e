"""Blocks of the Ageing screen."""
