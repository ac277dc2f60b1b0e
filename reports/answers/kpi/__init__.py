"""Findings of KPI trends, DSO, expected loss and working capital."""
