"""Figures of the KPI trends."""
