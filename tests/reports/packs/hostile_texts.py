"""Texts that a spreadsheet would run, and two that it would not."""

HOSTILE = [
    "=1+1",
    "+31 6",
    "-5 stuks",
    "@SUM(A1)",
    "\tx",
    "\rx",
    "\nx",
    "＝1+1",
    "http://evil.example",
    "fine",
]
