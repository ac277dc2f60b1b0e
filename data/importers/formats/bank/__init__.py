"""Bank statements of any format: what they say of accounts, and the rows that become of it."""
