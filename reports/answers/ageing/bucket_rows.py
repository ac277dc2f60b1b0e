"""What the bars of the ageing open: the documents of a bucket or a segment, as of the day of the bar."""

from collections.abc import Mapping
from datetime import date
from functools import partial

import polars as pl

from reports.answers.ageing import text
from reports.answers.shared.finding import Finding
from reports.answers.shared.money import total
from reports.answers.shared.rows_behind import ChartPart, RowsBehind, RowSource
from reports.codes import point_code, segment
from reports.formats import bucket_ids, bucket_label, day, in_sentence, money
from reports.translation import _, _p


def of_trend(weeks: pl.DataFrame, source: RowSource) -> list[ChartPart]:
    """Return a part per day and bucket of the trend, the last day first.

    Args:
        weeks: `ageing_trend` with credits apart.
        source: of the documents.
    """
    buckets = bucket_ids(weeks.columns)
    if source.basis == "invoice":
        buckets = ["not_due", *buckets]
    names = {bucket: bucket_label(bucket, source.limits, basis=source.basis) for bucket in buckets}
    return [
        ChartPart(
            code=f"{row['as_of']}.{bucket}",
            label=f"{day(row['as_of'])} · {names[bucket]} · {money(row[bucket], source.currency, 0)}",
            rows=partial(bucket_rows, row["as_of"], bucket, source),
        )
        for row in weeks.sort("as_of", descending=True).iter_rows(named=True)
        for bucket in buckets
        if row[bucket]
    ]


def of_segments(rows: pl.DataFrame, source: RowSource) -> list[ChartPart]:
    """Return a part per segment with something overdue.

    Args:
        rows: `ageing_segments`.
        source: of the documents.
    """
    return [
        ChartPart(
            code=point_code(row["segment"]),
            label=f"{segment(row['segment'])} · {money(row['overdue_amount'], source.currency, 0)}",
            rows=partial(segment_rows, row["segment"], source),
        )
        for row in rows.iter_rows(named=True)
        if row["overdue_amount"]
    ]


def bucket_rows(on: date, bucket: str, source: RowSource) -> RowsBehind:
    """Return the documents of one bucket, or with `overdue` of all overdue buckets, at the end of a day."""
    items = source.ask("open_items", as_of=on, bucket=bucket)
    label = (
        _p("choice", "Overdue")
        if bucket == text.OVERDUE
        else bucket_label(bucket, source.limits, basis=source.basis)
    )
    amount = money(total(items["open_amount"]), source.currency)
    title = _("{bucket} on {day}: {amount}", bucket=label, day=in_sentence(on), amount=amount)
    return _documents(items, title, on, source, {"bucket": bucket, "at": "rows"})


def segment_rows(name: str, source: RowSource) -> RowsBehind:
    """Return the overdue documents of one segment."""
    items = source.ask("open_items", bucket="overdue", basis="due", segment=name)
    title = _(
        "{segment}, overdue on {day}: {amount}",
        segment=segment(name),
        day=in_sentence(source.as_of),
        amount=money(total(items["open_amount"]), source.currency),
    )
    own = {"bucket": "overdue", "basis": None, "segment": name or None, "at": "rows"}
    return _documents(items, title, source.as_of, source, own)


def _documents(
    items: pl.DataFrame, title: str, on: date, source: RowSource, own: Mapping[str, str | None]
) -> RowsBehind:
    return RowsBehind(
        finding=Finding(title, _("Open on invoices at the end of that day, largest first.")),
        rows=items,
        columns=text.document_columns(items),
        phone=text.phone_columns(items),
        footer=text.documents_footer(items, source.currency),
        as_of=on,
        page="ageing",
        own=own,
    )
