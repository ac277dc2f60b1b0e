"""Questions about the rows the forecast is made from."""
