"""Loaded files, rejected rows, odd rows, tie-out, freshness, amounts without an exchange rate."""
