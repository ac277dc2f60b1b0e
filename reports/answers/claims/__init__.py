"""Claims on customers, hand-over files, collection agencies and their cases."""
