"""Tests of bank statements."""
