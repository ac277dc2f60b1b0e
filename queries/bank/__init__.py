"""Questions about bank statements."""
