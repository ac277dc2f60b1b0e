"""Frozen forecasts compared with the receipts and payments that followed."""
