"""Proposals: how a list that nobody knows could be read, each part with its evidence, to be looked at."""
