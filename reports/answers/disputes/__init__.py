"""Disputes, and the faults of invoices."""
