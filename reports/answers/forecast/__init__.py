"""The liquidity forecast: balances, rows, findings and backtest; plan and variance have folders."""
