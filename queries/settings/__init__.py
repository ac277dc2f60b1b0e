"""Questions about the choices of the company."""
