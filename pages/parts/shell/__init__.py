"""The frame of every page: title and filters, notices, the tie-out line, and the server."""
