"""What holds over all rows of a list: which of them are one document, and the totals it declares."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from data.grains import BY_NAME
from data.importers import list_reasons
from data.importers.bank_grains import BANK_LIST, SETTLEMENT_LIST
from data.importers.bank_list import books_of_bank
from data.importers.crm import activities_of, companies_of, persons_of
from data.importers.declared_totals import disagreeing
from data.importers.duplicate_keys import compare
from data.importers.entries import books_of
from data.importers.layout import Layout
from data.importers.list_documents import ListDocuments, documents_of
from data.importers.list_grains import CRM_ACTIVITIES, CRM_COMPANIES, CRM_PERSONS, ENTRIES, PAYABLES
from data.importers.outcome import wrong_totals
from data.importers.preset import Preset
from data.importers.row_parser import REJECT_SCHEMA, Parsed, total_of
from data.importers.settlement_list import books_of_provider
from data.importers.shapes import conform, split
from data.message_templates import Message

_WITHOUT_TOTALS = 2  # tables of rejects


@dataclass(frozen=True)
class ListOutcome:
    """The rows of a list after they were compared.

    Attributes:
        rows: one per document or entry, with `line` and `last`.
        accepted: number of lines that are rows of any kind in the store.
        grains: what becomes of them.
        rejects: `row_parser.REJECT_SCHEMA`.
        duplicate: number of rows that repeat an earlier one.
        joined: number of rows that are further lines of a document.
        agreed_totals: number of total rows that agree.
        other_totals: lines of total rows that do not, where the preset does not trust them.
        sum_read: sum of the control column over every document, and over every refused row where it is an
            amount; None for a kind without.
        sum_accepted: the same over the documents.
        notes: what else is to be said.
    """

    rows: pl.DataFrame
    accepted: int
    grains: dict[str, pl.DataFrame]
    rejects: pl.DataFrame
    duplicate: int
    joined: int
    agreed_totals: int
    other_totals: list[int]
    sum_read: Decimal | None
    sum_accepted: Decimal | None
    notes: list[Message]


def list_outcome(
    parts: Sequence[Parsed], frames: Sequence[pl.DataFrame], layout: Layout, preset: Preset
) -> ListOutcome:
    """Put the batches of a list together.

    Args:
        parts: its typed rows.
        frames: its rows as texts, batch by batch.
        layout: how they were typed.
        preset: how it is written.
    """
    rows = pl.concat([part.good for part in parts])
    rejects = pl.concat([part.rejects for part in parts])
    if layout.grain in {CRM_COMPANIES, CRM_PERSONS, CRM_ACTIVITIES}:
        return _crm_outcome(rows, rejects, layout)
    if layout.grain in {BANK_LIST, SETTLEMENT_LIST}:
        return _bank_outcome(rows, rejects, parts, layout, preset)
    if layout.grain is ENTRIES:
        return _entry_outcome(rows, rejects, parts, layout)
    rows, notes = _with_own_side(rows) if layout.grain is PAYABLES else _without_matched_money(rows)
    documents = _documents(rows, rejects, frames, layout, preset)
    wrong, agreed = disagreeing([part.declared for part in parts if part.declared is not None])
    column = layout.grain.total or "amount"
    total = total_of(documents.rows, column)
    read = sum((part.total for part in parts), Decimal("0.00"))
    refused = read - sum((total_of(part.good, column) for part in parts), Decimal("0.00"))
    all_rejects = [rejects, documents.rejects]
    if preset.trusts_totals:
        all_rejects.append(wrong_totals(wrong, read))
    grains = split(documents.rows, layout)
    if documents.parts.height and "invoices" in grains:
        grains["instalments"] = _instalments(documents.parts)
    accepted = _count_lines(grains)
    return ListOutcome(
        documents.rows,
        accepted,
        grains,
        pl.concat([each.match_to_schema(REJECT_SCHEMA) for each in all_rejects]),
        documents.duplicate,
        documents.joined - (accepted - documents.rows.height),
        agreed,
        [] if preset.trusts_totals else wrong["line"].to_list(),
        total + refused + _sum_of(documents.rejects, rows, column),
        total,
        notes,
    )


def _crm_outcome(rows: pl.DataFrame, rejects: pl.DataFrame, layout: Layout) -> ListOutcome:
    """Put the rows of a CRM together; a number that stands twice with other words is refused."""
    key = layout.grain.key[0]
    numbered = rows.filter(pl.col(key).is_not_null())
    repeats = compare(numbered, layout.grain, [layout.label(key)])
    rows = pl.concat([rows.filter(pl.col(key).is_null()), repeats.kept]).sort("line")
    contradicted = repeats.contradicted.select(
        "line", "last", pl.lit(layout.label(key)).alias("column"), "reason"
    )
    notes: list[Message] = []
    if layout.grain is CRM_COMPANIES:
        grains = companies_of(rows)
    else:
        grains, notes = (persons_of if layout.grain is CRM_PERSONS else activities_of)(rows)
    kept = next(iter(grains.values()))
    return ListOutcome(
        rows.filter(pl.col("line").is_in(kept["line"].implode())),
        kept.height,
        grains,
        pl.concat([each.match_to_schema(REJECT_SCHEMA) for each in (rejects, contradicted)]),
        repeats.duplicate,
        0,
        0,
        [],
        None,
        None,
        notes,
    )


def _bank_outcome(
    rows: pl.DataFrame, rejects: pl.DataFrame, parts: Sequence[Parsed], layout: Layout, preset: Preset
) -> ListOutcome:
    """Put the rows of a bank or payment provider together: of several that are equal each counts.

    Only the number that a provider gave a line tells one that stands twice.
    """
    repeated = 0
    notes: list[Message] = []
    contradicted = rejects.clear()
    if layout.grain is BANK_LIST:
        grains = books_of_bank(rows)
    else:
        numbered = rows.filter(pl.col("line_id").is_not_null())
        label = layout.label("line_id")
        repeats = compare(numbered, layout.grain, [layout.label("provider"), label])
        rows = pl.concat([rows.filter(pl.col("line_id").is_null()), repeats.kept]).sort("line")
        contradicted = repeats.contradicted.select("line", "last", pl.lit(label).alias("column"), "reason")
        grains, notes = books_of_provider(rows)
        repeated = repeats.duplicate
    wrong, agreed = disagreeing([part.declared for part in parts if part.declared is not None])
    column = layout.grain.total or "amount"
    kept = total_of(rows, column)
    read = sum((part.total for part in parts), Decimal("0.00"))
    all_rejects = [rejects, contradicted]
    if preset.trusts_totals and layout.grain is SETTLEMENT_LIST:
        all_rejects.append(wrong_totals(wrong, kept))
    main = next(iter(grains.values()))
    return ListOutcome(
        rows,
        _count_lines(grains),
        grains,
        pl.concat([each.match_to_schema(REJECT_SCHEMA) for each in all_rejects]),
        repeated,
        0,
        agreed,
        wrong["line"].to_list() if len(all_rejects) == _WITHOUT_TOTALS else [],
        read - kept + total_of(main, column),
        total_of(main, column),
        notes,
    )


def _entry_outcome(
    rows: pl.DataFrame, rejects: pl.DataFrame, parts: Sequence[Parsed], layout: Layout
) -> ListOutcome:
    """Put entries together; only their own number tells two equal ones from one that is repeated."""
    numbered = rows.filter(pl.col("entry_id").is_not_null())
    repeats = compare(numbered, layout.grain, [layout.label("entry_id")])
    rows = pl.concat([rows.filter(pl.col("entry_id").is_null()), repeats.kept]).sort("line")
    label = pl.lit(layout.label("entry_id")).alias("column")
    contradicted = repeats.contradicted.select("line", "last", label, "reason")
    wrong, agreed = disagreeing([part.declared for part in parts if part.declared is not None])
    books = books_of(rows)
    total = total_of(books.grains["invoices"], "amount")
    refused = sum((part.total - total_of(part.good, "amount") for part in parts), Decimal("0.00"))
    notes = [list_reasons.OTHER_OPEN(count=books.other_open)] if books.other_open else []
    accepted = _count_lines(books.grains)
    return ListOutcome(
        rows,
        accepted,
        books.grains,
        pl.concat([each.match_to_schema(REJECT_SCHEMA) for each in (rejects, contradicted)]),
        repeats.duplicate,
        rows.height - accepted,
        agreed,
        wrong["line"].to_list(),
        total + refused,
        total,
        notes,
    )


def _documents(
    rows: pl.DataFrame, rejects: pl.DataFrame, frames: Sequence[pl.DataFrame], layout: Layout, preset: Preset
) -> ListDocuments:
    number = layout.grain.key[0]
    raw = f"raw:{number}"
    known = [frame.select(pl.col(raw).alias(number), "line") for frame in frames if raw in frame.columns]
    refused = pl.DataFrame(schema={number: pl.String(), "line": pl.Int64()})
    if known and rejects.height:
        refused = pl.concat(known).filter(
            pl.col("line").is_in(rejects["line"].implode()) & (pl.col(number) != "")
        )
    return documents_of(
        rows, number=number, label=layout.label(number), line_amounts=preset.line_amounts, refused=refused
    )


def _without_matched_money(rows: pl.DataFrame) -> tuple[pl.DataFrame, list[Message]]:
    """Leave out the payments of a list of open items of which nothing is open: documents took them."""
    if not {"document_type", "list_date"} <= set(rows.columns):
        return rows, []
    is_money = (pl.col("document_type") == "payment").fill_null(value=False)
    matched = is_money & (pl.col("open_amount") == 0)
    kept = rows.filter(~matched)
    count = rows.height - kept.height
    return kept, [list_reasons.MATCHED_MONEY(count=count)] if count else []


def _with_own_side(rows: pl.DataFrame) -> tuple[pl.DataFrame, list[Message]]:
    """Turn the amounts of a list of payables that writes what is owed below zero: its sum tells."""
    if rows["amount"].sum() >= 0:
        return rows, []
    amounts = ["amount", "open_amount", "paid_amount"]
    turned = rows.with_columns((-pl.col(amounts)).cast(rows.schema["amount"]))
    return turned, [list_reasons.SIDE_TURNED()]


def _count_lines(grains: dict[str, pl.DataFrame]) -> int:
    return pl.concat([frame["line"] for frame in grains.values()]).n_unique()


def _sum_of(rejects: pl.DataFrame, rows: pl.DataFrame, column: str) -> Decimal:
    return total_of(rows.filter(pl.col("line").is_in(rejects["line"].implode())), column)


def _instalments(parts: pl.DataFrame) -> pl.DataFrame:
    nth = pl.int_range(1, pl.len() + 1).over("invoice_id", "due_date").cast(pl.String)
    return conform(parts.sort("line").with_columns(part=nth), BY_NAME["instalments"])
