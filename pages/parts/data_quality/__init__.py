"""Blocks of the Data screen: loaded files, checks, rejected rows, uploads."""
