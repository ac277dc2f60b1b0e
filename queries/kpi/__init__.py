"""Questions about key figures, their trends, and what moves them."""
