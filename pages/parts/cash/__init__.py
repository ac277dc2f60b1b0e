"""Blocks of the Cash position screen."""
