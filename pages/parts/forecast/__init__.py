"""Blocks of the Liquidity forecast screen, one file per tab or block."""
