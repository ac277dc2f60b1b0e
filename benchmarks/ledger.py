"""Ageing and its trend at full size, as ratios to a plain scan, pandas and SQLite on the same rows.

Every way must give the same cents, or the program stops.
"""

import argparse
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import pandas as pd
import polars as pl

import queries

AS_OF = date(2026, 11, 22)
WEEKS = [AS_OF - timedelta(weeks=back) for back in range(156, -1, -1)]
NAMES = ("not_due", "d1_30", "d31_60", "d61_90", "d90_plus", "unapplied")
EPOCH = date(1970, 1, 1)
SCAN = """
select sum(amount), count(customer_id), min(due_date), max(post_date) from item where post_date <= $as_of
"""


def timed(work: Callable[[], Any], repeats: int) -> tuple[float, Any]:
    """Return the median in milliseconds of warm runs, and the answer."""
    answer = work()
    times = []
    for _ in range(repeats):
        began = time.perf_counter()
        answer = work()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times), answer


def cents(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns((pl.col(NAMES) * 100).cast(pl.Int64)).select(frame.columns[0], *NAMES)


def rows_of(books: queries.Books) -> pd.DataFrame:
    """Return the ledger's rows as pandas would hold them: cents and day numbers, customers as categories."""
    cursor = books.cursor()
    frame = cursor.sql(
        "select customer_id, date_diff('day', date '1970-01-01', post_date) as post, "
        "date_diff('day', date '1970-01-01', due_date) as due, "
        "cast(base_amount * 100 as bigint) as cents from item"
    ).pl()
    cursor.close()
    held = frame.to_pandas()
    held["customer_id"] = held["customer_id"].astype("category")
    return held


def bucket(held: pd.DataFrame, day: int) -> pd.Series:
    late = day - held["due"]
    return (
        pd.cut(late, [-float("inf"), 0, 30, 60, 90, float("inf")], labels=list(NAMES[:5]))
        .cat.add_categories("unapplied")
        .fillna("unapplied")
    )


def pandas_ageing(held: pd.DataFrame) -> pl.DataFrame:
    day = (AS_OF - EPOCH).days
    seen = held[held["post"] <= day]
    sums = seen.groupby([seen["customer_id"], bucket(seen, day)], observed=True)["cents"].sum()
    table = sums.unstack(fill_value=0)  # noqa: PD010 - the sums are there already
    table = table.reindex(columns=list(NAMES), fill_value=0)
    table = table[(table != 0).any(axis=1)].sort_index()
    return pl.from_pandas(table.reset_index().astype({"customer_id": str}))


def pandas_trend(held: pd.DataFrame) -> pl.DataFrame:
    lines = []
    for week in WEEKS:
        day = (week - EPOCH).days
        seen = held[held["post"] <= day]
        sums = seen["cents"].groupby(bucket(seen, day), observed=False).sum()
        lines.append({"as_of": week, **{name: int(sums.get(name, 0)) for name in NAMES}})
    return pl.DataFrame(lines)


SQLITE_SUMS = ", ".join(
    f"coalesce(sum(case when {condition} then cents end), 0)"
    for condition in (
        "due >= :day",
        "due < :day and due >= :day - 30",
        "due < :day - 30 and due >= :day - 60",
        "due < :day - 60 and due >= :day - 90",
        "due < :day - 90",
        "due is null",
    )
)


def sqlite_of(held: pd.DataFrame) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute("create table item (customer_id text, post integer, due integer, cents integer)")
    due = held["due"].astype("Int64").astype(object).where(held["due"].notna(), None).tolist()
    customers = held["customer_id"].astype(str)
    rows = zip(customers, held["post"].tolist(), due, held["cents"].tolist(), strict=True)
    connection.executemany("insert into item values (?, ?, ?, ?)", rows)
    connection.execute("create index by_post on item (post, due, cents)")
    return connection


def sqlite_ageing(connection: sqlite3.Connection) -> pl.DataFrame:
    day = (AS_OF - EPOCH).days
    rows = connection.execute(
        f"select customer_id, {SQLITE_SUMS} from item where post <= :day "
        "group by customer_id order by customer_id",
        {"day": day},
    ).fetchall()
    frame = pl.DataFrame(rows, schema=["customer_id", *NAMES], orient="row")
    return frame.filter(pl.any_horizontal(pl.col(NAMES) != 0))


def sqlite_trend(connection: sqlite3.Connection) -> pl.DataFrame:
    lines = [
        (
            week,
            *connection.execute(
                f"select {SQLITE_SUMS} from item where post <= :day", {"day": (week - EPOCH).days}
            ).fetchone(),
        )
        for week in WEEKS
    ]
    return pl.DataFrame(lines, schema=["as_of", *NAMES], orient="row")


def same(name: str, ours: pl.DataFrame, theirs: pl.DataFrame) -> None:
    cast = theirs.with_columns(pl.col(NAMES).cast(pl.Int64)).select(ours.columns)
    if not ours.sort(ours.columns[0]).equals(cast.sort(ours.columns[0])):
        sys.exit(f"{name}: the answers differ; nothing here can be trusted until that is explained.")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--repeats", type=int, default=10)
    chosen = parser.parse_args()
    books = queries.open_books(chosen.store)
    trend: dict[str, Any] = {"as_of": AS_OF, "from": WEEKS[0], "to": WEEKS[-1], "every": "week"}
    cursor = books.cursor()
    [(count, known)] = cursor.execute("select count(*), max(recorded_at) from item").fetchall()
    scan, _ = timed(lambda: cursor.execute(SCAN, {"as_of": AS_OF}).fetchall(), chosen.repeats)
    ours: dict[str, tuple[float, pl.DataFrame]] = {}
    for name, values in (("ageing", {"as_of": AS_OF}), ("ageing_trend", trend)):
        ours[name] = timed(lambda n=name, v=values: books.ask(n, **v), chosen.repeats)  # type: ignore[misc]
        ours[f"{name}, as known on"] = timed(
            lambda n=name, v=values: books.ask(n, **v, known_on=known),
            chosen.repeats,  # type: ignore[misc]
        )
    held = rows_of(books)
    connection = sqlite_of(held)
    others = {
        ("pandas", "ageing"): timed(lambda: pandas_ageing(held), 1),
        ("pandas", "ageing_trend"): timed(lambda: pandas_trend(held), 1),
        ("SQLite", "ageing"): timed(lambda: sqlite_ageing(connection), 1),
        ("SQLite", "ageing_trend"): timed(lambda: sqlite_trend(connection), 1),
    }
    for (who, name), (_, theirs) in others.items():
        same(f"{who} {name}", cents(ours[name][1]), theirs)
    for name in ("ageing", "ageing_trend"):
        same(f"{name} as known on", cents(ours[name][1]), cents(ours[f"{name}, as known on"][1]))
    print(f"{count:,} item rows; medians of {chosen.repeats} warm runs; answers equal to the cent\n")
    print(f"{'':<28}{'ms':>10}{'× plain scan':>14}")
    print(f"{'plain scan of the columns':<28}{scan:>10.1f}{1:>14.1f}")
    for name, (took, _) in ours.items():
        print(f"{name:<28}{took:>10.1f}{took / scan:>14.1f}")
    for (who, name), (took, _) in others.items():
        ratio = took / ours[name][0]
        print(f"{f'{name} in {who}':<28}{took:>10.1f}{took / scan:>14.1f}   {ratio:,.0f} × Kasstroom")


if __name__ == "__main__":
    main()
