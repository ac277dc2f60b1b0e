"""Blocks of the screens by subject, and below them the shell, the widgets and the context of a page."""
