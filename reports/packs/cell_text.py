"""Texts in files of tables: headings, words for codes, harmless formulas, file names."""

import re
from collections.abc import Sequence

import polars as pl

from reports import columns
from reports.codes import label
from reports.columns.compared import compared
from reports.formats import LIMITS, bucket_label

# A spreadsheet runs a text that starts with one of these signs, also after spaces and invisible marks, which
# it drops. The last four signs are the full-width forms.
_LIVE = re.compile("[\t\r\n]|[\\s\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u2069]*[-=+@＝＋－＠]")


def harmless(text: str) -> str:
    """Return the text with a leading `'` where a spreadsheet would run it as a formula."""
    return f"'{text}" if is_live(text) else text


def is_live(text: str) -> bool:
    """Tell whether a spreadsheet would run the text as a formula."""
    return _LIVE.match(text) is not None


def headings(names: Sequence[str], limits: Sequence[int] = LIMITS) -> list[str]:
    """Return the headings in the language spoken; where two read the same, with the column names beside."""
    words = [_heading(name, limits) for name in names]
    return [
        word if words.count(word) == 1 else f"{word} ({name})"
        for word, name in zip(words, names, strict=True)
    ]


def in_words(frame: pl.DataFrame, limits: Sequence[int] = LIMITS) -> pl.DataFrame:
    """Return the frame with buckets, states and kinds as people read them; other columns stay as they are."""
    for name in frame.columns:
        column = columns.record(name)
        if column is None or frame.schema[name] != pl.String:
            continue
        codes = frame[name].drop_nulls().unique().to_list()
        if column.nature == "bucket":
            frame = frame.with_columns(pl.col(name).replace({code: _bucket(code, limits) for code in codes}))
        elif column.codes is not None:
            words = {code: label(column.codes, code) for code in codes}
            frame = frame.with_columns(pl.col(name).replace(words))
    return frame


def in_row_currency(names: Sequence[str], name: str) -> bool:
    """Tell whether an amount is in its row's own `currency`, among these columns.

    Balances of a ledger or an account are, and so is every amount of a row as its file gave it, which has a
    `line`, or of a finding; the amounts of a document are in the currency that was asked for.
    """
    if "currency" not in names:
        return False
    column = columns.record(name)
    return (column is not None and column.in_row_currency) or "finding" in names or "line" in names


def file_name(*parts: str, ending: str = "", owner: str = "kasstroom") -> str:
    """Return a file name such as `kasstroom-ageing-2026-11-22.xlsx` from any parts."""
    words = [word for part in (owner, *parts) if (word := re.sub(r"[^\w.-]+", "-", part).strip("-."))]
    return "-".join(words) + (f".{ending}" if ending else "")


def _heading(name: str, limits: Sequence[int]) -> str:
    then = compared(name)
    figure = name if then is None else then.figure
    bucket = figure if figure in columns.COLUMNS else _bucket(figure, limits)
    words = columns.heading(figure) if bucket == figure else bucket
    return columns.heading_on(name, words)


def _bucket(code: str, limits: Sequence[int]) -> str:
    try:
        return bucket_label(code, limits)
    except ValueError:
        return code
