"""The demo company as a store."""
