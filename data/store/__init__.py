"""The store of published DuckDB files: reading, writing, deriving, checking and making it anew."""
