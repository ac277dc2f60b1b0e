"""Questions about customers, their ledgers, payments and contacts."""
