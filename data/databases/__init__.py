"""Books read straight from the database of another program, given as native files."""
