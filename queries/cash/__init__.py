"""Questions about bank balances and their course."""
