"""Saved views: a screen with what its address asks for, under a name."""

from collections.abc import Mapping
from datetime import date
from urllib.parse import parse_qsl, urlencode

import polars as pl

from reports.answers.shared import forms
from reports.translation import _

LONGEST_NAME = 60
_PASSING = frozenset({"lang", "opens", "at"})  # of a visit or an open dialog, not of a view


def view_address(page: str, asked: Mapping[str, str], newest_day: date) -> str:
    """Return the address to save: `ageing?bucket=d90_plus`.

    The newest day is left out: a view saved on it is opened on the newest day of its time.

    Args:
        page: name of the screen.
        asked: parameters of the address bar.
        newest_day: the day that screens open on.
    """
    kept = {name: value for name, value in sorted(asked.items()) if name not in _PASSING}
    if kept.get("as_of") == newest_day.isoformat():
        del kept["as_of"]
    return f"{page}?{urlencode(kept)}" if kept else page


def parameters(address: str, newest_day: date) -> tuple[str, dict[str, str]]:
    """Return the screen of a saved address, and the parameters that open it."""
    page, _sign, asked = address.partition("?")
    return page, {"as_of": newest_day.isoformat(), **dict(parse_qsl(asked))}


def saved_view_row(name: str, address: str | None) -> pl.DataFrame:
    """Return the row to store for a view; without an address it is removed."""
    schema = {"name": pl.String, "address": pl.String}
    return pl.DataFrame({"name": [name], "address": [address]}, schema=schema)


def renamed_rows(before: str, after: str, address: str) -> pl.DataFrame:
    """Return the two rows that give a view another name."""
    return pl.concat([saved_view_row(before, None), saved_view_row(after, address)])


def name_problem(typed: str | None, others: Mapping[str, str]) -> str | None:
    """Return why a view cannot have this name; None if it can.

    Args:
        typed: the name.
        others: names of the other views, with their addresses.
    """
    name = forms.text(typed)
    if not name:
        return _("Give the view a name.")
    if len(name) > LONGEST_NAME:
        return _("A name has {most} letters at most.", most=LONGEST_NAME)
    if name in others:
        return _("A view of this name is saved already: choose another name, or remove that one.")
    return None
