"""Blocks of the KPI trends screen, one file per tab."""
