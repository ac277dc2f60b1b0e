"""Blocks about the claim on one customer, its agency cases and hand-over file, and all agencies."""
