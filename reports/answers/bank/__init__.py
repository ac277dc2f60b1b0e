"""Answers of the Bank screen."""
