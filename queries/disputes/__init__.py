"""Questions about disputes, the money that waits for them, and the quality of invoices."""
