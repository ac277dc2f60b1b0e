"""Promises, payment plans, expected days and disputes of one document."""
