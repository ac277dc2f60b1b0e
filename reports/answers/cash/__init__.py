"""The cash position, the change since an earlier forecast, and actions before the low point."""
