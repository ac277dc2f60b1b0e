"""What lies below everything: rows and their kinds, the store, importers, Dutch law, the demo company."""
