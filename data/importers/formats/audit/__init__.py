"""Audit files of any format: what they say of the receivables, and the rows that become of it."""
