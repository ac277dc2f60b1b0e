"""Cash application on the demo company's noisy bank file: the share of the money, how right, how fast."""

import argparse
import resource
import sys
import tempfile
import time
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import polars as pl

from benchmarks.cash_limits import breaches
from benchmarks.cash_scores import (
    MONEY,
    Line,
    Outcome,
    Scorer,
    TrueEntry,
    bands,
    cents,
    curve,
    is_certain,
    line_of,
    noise_lines,
    true_entries,
)
from data.bank.application import cash_application
from data.bank.books import BankBooks
from data.demo.bank.case import write_bank_case
from data.demo.bank.numbers import STYLES
from data.demo.cash import ACCOUNTS

LEVELS = (1.0, 0.99, 0.97, 0.95, 0.9, 0.85, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.0)
EDGES = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.01)
TEXTS = (
    "counterparty",
    "description",
    "counterparty_account",
    "reference",
    "end_to_end_id",
    "bank_reference",
    "bank_code",
    "return_reason",
)
MONEY_TYPE = pl.Decimal(18, 2)


def table(path: Path, dates: tuple[str, ...] = (), amounts: tuple[str, ...] = ()) -> pl.DataFrame:
    """Return a native file, its days and amounts as such and all else as text."""
    frame = pl.read_csv(path, infer_schema=False)
    return frame.with_columns(
        *(pl.col(name).str.to_date() for name in dates), *(pl.col(name).cast(MONEY_TYPE) for name in amounts)
    )


def read_books(folder: Path, truth: Path) -> BankBooks:
    """Return the books that `write_bank_case` wrote, as cash application takes them."""
    entries = table(folder / "bank_entries.csv", ("entry_date",), ("amount",))
    invoices = table(folder / "invoices.csv", ("invoice_date", "due_date", "cancelled_date"), ("amount",))
    payments = table(folder / "payments.csv", ("payment_date",), ("amount",))
    customers = table(folder / "customers.csv")
    bills = table(folder / "bills.csv", ("bill_date",), ("amount",))
    parents = set(customers["parent_id"].drop_nulls().to_list())
    group = pl.coalesce(
        "parent_id", pl.when(pl.col("customer_id").is_in(sorted(parents))).then("customer_id"), pl.lit("")
    )
    none = pl.DataFrame(
        schema={
            "account": pl.String,
            "entry_id": pl.String,
            "invoice_id": pl.String,
            "customer_id": pl.String,
            "kind": pl.String,
            "amount": MONEY_TYPE,
            "status": pl.String,
            "decided_by": pl.String,
            "decided_at": pl.Datetime,
            "settles": pl.String,
            "settled_amount": MONEY_TYPE,
        }
    )
    return BankBooks(
        entries=entries.select("account", "entry_id", "entry_date", "currency", "amount", *TEXTS),
        documents=invoices.select(
            pl.col("invoice_id").alias("document_id"),
            "customer_id",
            pl.col("entity").fill_null(""),
            "currency",
            "invoice_type",
            "invoice_date",
            "due_date",
            "amount",
            pl.col("discount_percent").cast(MONEY_TYPE),
            pl.col("discount_days").cast(pl.Int64),
            "original_invoice_id",
            "po_number",
            "cancelled_date",
        ),
        settled=payments.filter(pl.col("invoice_id").is_not_null()).select(
            pl.col("invoice_id").alias("document_id"), pl.col("payment_date").alias("day"), "amount"
        ),
        customers=customers.select("customer_id", "customer_name", group=group),
        accounts=table(truth / "known_accounts.csv"),
        bills=bills.select("bill_id", "supplier", "bill_date", "currency", "amount"),
        decisions=none,
        own_accounts=frozenset(ACCOUNTS),
        closed_until={},
    )


def print_lines(lines: list[Line]) -> None:
    head = ("entries", "money", "applied", "right", "proposed", "right")
    print(f"{'':<28}{head[0]:>9}{head[1]:>15}{head[2]:>10}{head[3]:>10}{head[4]:>10}{head[5]:>10}")
    for line in lines:
        shares = (line.applied, line.right, line.proposed, line.proposed_right)
        print(
            f"{line.name:<28}{line.entries:>9,}{line.money / 100:>15,.0f}"
            + "".join(f"{share:>10.2%}" for share in shares)
        )


def print_worst(outcomes: list[Outcome], entries: pl.DataFrame, count: int) -> None:
    """Print in full the entries of which most money was applied wrongly."""
    wrong = {id(outcome): own - right for outcome in outcomes for own, right in [outcome.money("applied")]}
    worst = sorted((one for one in outcomes if wrong[id(one)] > 0), key=lambda one: -wrong[id(one)])
    total = sum(wrong.values()) / 100
    print(f"\n{len(worst)} entries with money applied wrongly, {total:,.2f} in all; the worst:")
    for outcome in worst[:count]:
        entry = outcome.entry
        [row] = entries.filter(
            (pl.col("account") == entry.account) & (pl.col("entry_id") == entry.entry_id)
        ).iter_rows(named=True)
        noise = "; ".join(entry.noise)
        print(f"\n{entry.entry_id}  {entry.amount / 100:,.2f}  {entry.kind}  {entry.customer}  [{noise}]")
        print("  " + " | ".join(f"{name}: {row[name]}" for name in TEXTS if row[name]))
        print("  truth:   " + ", ".join(f"{name} {own / 100:.2f}" for name, own in entry.pays.items()))
        for invoice, own, status, score, right in outcome.rows:
            name = invoice or "on account"
            print(f"  answer:  {name} {own / 100:.2f} {status} {score:.3f}, right {right / 100:.2f}")


def decisions_of_a_person(books: BankBooks, truth: list[TrueEntry], months: int) -> pl.DataFrame:
    """Return what a person decides who knows the truth and settles what is left every so many months.

    Without that, what was only proposed stays open for good, and later receipts meet invoices paid long ago.
    """
    first, last = truth[0].day, truth[-1].day
    steps = range(months, (last.year - first.year) * 12 + last.month - first.month + 1, months)
    cuts = [
        date(first.year + (first.month - 1 + step) // 12, (first.month - 1 + step) % 12 + 1, 1)
        for step in steps
    ]
    decisions, rows, since = books.decisions, [], first
    for cut in cuts:
        known = replace(books, entries=books.entries.filter(pl.col("entry_date") < cut), decisions=decisions)
        answer = cash_application(known).filter(pl.col("status") == "applied")
        applied = {
            (account, entry): amount
            for account, entry, amount in answer.group_by("account", "entry_id")
            .agg(pl.col("applied_amount").sum())
            .iter_rows()
        }
        for entry in truth:
            by_itself = cents(applied.get((entry.account, entry.entry_id)))
            if since <= entry.day < cut and entry.kind in MONEY and by_itself < entry.amount:
                rows += decision_rows(entry)
        decisions = pl.DataFrame(rows, schema=books.decisions.schema, orient="row")
        since = cut
    return decisions


def decision_rows(entry: TrueEntry) -> list[tuple[object, ...]]:
    """Return the decisions that settle an entry as it was meant."""
    parts: list[tuple[str | None, int]] = list(entry.pays.items())
    rest = entry.amount - sum(entry.pays.values())
    if rest > 0:
        parts.append((None, rest))
    at = datetime.combine(entry.day + timedelta(days=2), datetime.min.time())
    return [
        (
            entry.account,
            entry.entry_id,
            invoice,
            entry.customer,
            "invoice" if invoice else "on_account",
            Decimal(own) / 100,
            "confirmed",
            "person",
            at,
        )
        for invoice, own in parts
    ]


def measure(folder: Path, truth: Path, worst: int, months: int) -> None:
    """Apply cash on a written case and print what came of it."""
    books = read_books(folder, truth)
    entries = true_entries(table(truth / "truth.csv", ("entry_date",), ("amount", "pays")))
    if months:
        books = replace(books, decisions=decisions_of_a_person(books, entries, months))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began, busy = time.perf_counter(), time.process_time()
    answer = cash_application(books)
    took, busy = time.perf_counter() - began, time.process_time() - busy
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    outcomes = list(Scorer(books.documents).outcomes(answer, entries))
    receipts = [outcome for outcome in outcomes if outcome.entry.kind in MONEY]
    strange = [
        one
        for one in outcomes
        if one.entry.kind in ("unrelated", "payout", "tax", "other") and one.entry.amount > 0
    ]
    print(
        f"{len(receipts):,} receipts, {books.documents.height:,} documents: "
        f"{took:.1f} s ({busy:.1f} s of processor), "
        f"peak memory {after / 1024:,.0f} MiB ({before / 1024:,.0f} before)"
    )
    everything = line_of("all customers' money", receipts)
    within = [outcome for outcome in receipts if is_certain(outcome.entry)]
    print_lines([everything, line_of("within the rule of certainty", within), *noise_lines(receipts)])
    for kind in sorted({one.entry.kind for one in strange}):
        own = [one for one in strange if one.entry.kind == kind]
        print(
            f"{kind}: {line_of(kind, own).applied:.2%} of {len(own)} entries' money applied (all of it wrong)"
        )
    applied = [one.money("applied") for one in (*receipts, *strange)]
    share = sum(own for own, _ in applied)
    print(f"wrong of all that was applied: {1 - sum(right for _, right in applied) / max(share, 1):.3%}")
    print("\nscore at least    share of money    wrong of it")
    for level, own, wrong in curve([*receipts, *strange], LEVELS):
        print(f"{level:>14.2f}{own:>18.2%}{wrong:>15.3%}")
    print("\nscore of proposals        money     right")
    for low, high, own_cents, right in bands([*receipts, *strange], EDGES):
        print(f"{low:>9.2f} - {high:<6.2f}{own_cents / 100:>15,.0f}{right:>10.1%}")
    print_worst([*receipts, *strange], books.entries, worst)
    broken = breaches(answer, books.documents, books.settled, books.entries)
    if broken:
        sys.exit("\n".join([f"{len(broken)} rules are broken:", *broken[:20]]))
    print("\nA plain count finds nothing applied over an invoice or an entry, or on a cancelled invoice.")


def main() -> None:
    """Write a case, or take one that is there, and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--invoices", type=int, default=30_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--style", choices=STYLES, default="letters")
    parser.add_argument("--as-of", type=date.fromisoformat, default=date(2026, 11, 22))
    parser.add_argument("--worst", type=int, default=12)
    parser.add_argument(
        "--person", type=int, default=0, metavar="MONTHS", help="somebody settles what is left every so often"
    )
    parser.add_argument("--folder", type=Path, help="keep the case here, or take the one that is there")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = chosen.folder or Path(temporary)
        books, truth = folder / "books", folder / "truth"
        if not books.exists():
            write_bank_case(
                books,
                truth,
                invoices=chosen.invoices,
                seed=chosen.seed,
                as_of=chosen.as_of,
                style=chosen.style,
            )
        measure(books, truth, chosen.worst, chosen.person)


if __name__ == "__main__":
    main()
