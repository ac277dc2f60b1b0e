"""Expected receipts per week: history, billings to come, the mixture of methods, bands, the backtest."""
