"""Cells of exports of banks before they are typed, and what stands above the rows."""

import re
from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from data.check_digits import is_mod_97
from data.importers import bank_reasons
from data.importers.cells import Feed
from data.importers.list_header import Header
from data.importers.preset import Preset
from data.importers.row_parser import Batch
from data.importers.value_formats import Formats
from data.message_templates import Message

_LINES_NAMED = 5
_CONTROL = r"\p{Cc}"
_IBAN = re.compile(r"\b[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]){11,30}\b")


def cleaned(
    batches: Sequence[Batch], feeds: Sequence[Feed], formats: Formats
) -> tuple[list[Batch], list[Message]]:
    """Return the rows of a bank without what spoils them: control characters, odd cents and days.

    Args:
        batches: rows as texts.
        feeds: the columns of them.
        formats: how they are written.

    Returns:
        The rows, and what is to be said of them.
    """
    of_type = {
        kind: [feed.raw for feed in feeds if feed.column.type == kind]
        for kind in ("money", "text", "id", "currency")
    }
    words = [*of_type["text"], *of_type["id"]]
    columns = {feed.column.name for feed in feeds}
    # 12.5000 is 12.50; what follows the cents and is not 0 stays a reason to refuse the row.
    cents = rf"({re.escape(formats.decimal)}[0-9]{{2}})0+$"
    # -.05 is -0.05.
    bare, point = rf"^([-+]?){re.escape(formats.decimal)}([0-9])", f"${{1}}0{formats.decimal}${{2}}"
    lines: list[int] = []
    rows = []
    for batch in batches:
        if batch.frame is None:
            continue
        frame = batch.frame.with_columns(
            *(pl.col(name).str.replace_all(_CONTROL, " ").str.strip_chars() for name in words),
            *(pl.col(name).str.replace(cents, "${1}").str.replace(bare, point) for name in of_type["money"]),
            *(pl.col(name).str.to_uppercase() for name in of_type["currency"]),
        )
        if {"value_date", "entry_date"} <= columns:
            value = pl.col("raw:value_date")
            is_odd = ((value != "") & formats.day(value).is_null()).fill_null(value=False)
            lines += frame.filter(is_odd)["line"].to_list()
            frame = frame.with_columns(
                pl.when(is_odd).then("raw:entry_date").otherwise(value).alias("raw:value_date")
            )
        rows.append(replace(batch, frame=frame))
    more = "…" if len(lines) > _LINES_NAMED else ""
    shown = ", ".join(map(str, lines[:_LINES_NAMED])) + more
    return rows, [bank_reasons.VALUE_DAYS(count=len(lines), lines=shown)] if lines else []


def title_texts(header: Header, preset: Preset, formats: Formats) -> list[tuple[Feed, str]]:
    """Return what stands above the rows and holds for all of them: the account, if one IBAN stands there."""
    texts = {column: text for column, text in header.title_texts.items() if text}
    accounts = {iban for title in header.titles for iban in _ibans(title)}
    if "account" not in header.found and len(accounts) == 1:
        texts["account"] = accounts.pop()
    return [
        (replace(preset.feed_of(column, column), formats=formats), text)
        for column, text in texts.items()
        if any(column == known.name for known in preset.grain.columns)
    ]


def _ibans(text: str) -> list[str]:
    found = [match[0].replace(" ", "") for match in _IBAN.finditer(text.upper())]
    return [iban for iban in found if is_mod_97(iban)]
