"""Figures of the forecast, its backtest and its changes."""
