"""The commands behind `kasstroom.py`; no streamlit here, the dashboard is started as a process of its own."""

from cli.parser import main

__all__ = ["main"]
