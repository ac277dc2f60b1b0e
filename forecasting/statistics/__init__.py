"""Statistics that several models use: survival curves, comparisons within customers, absorption."""
