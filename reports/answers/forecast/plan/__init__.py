"""Planned lines, billing plan and limits, as people edit them and as the forecast takes them."""
