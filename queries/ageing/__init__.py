"""Questions about open amounts by age, and the documents behind them."""
