"""Files that are no tables: invoices, audit files, statements. Each module knows and reads one format."""
