"""Writes the demo company's tables as native CSV files."""

from pathlib import Path

import numpy as np
import polars as pl

from data.demo.bank_days import NEVER, Bools, Ints
from data.demo.company import Company
from data.demo.credit_notes import CreditNotes
from data.demo.customers import ENTITIES, MIDDLE, SIZE_CLASSES, Customers
from data.demo.disputes import REASONS
from data.demo.invoices import Invoices, instalment_parts
from data.demo.lines import KINDS
from data.demo.names import ACCOUNT_MANAGERS, person_names
from data.demo.settlements import DISCOUNT_DAYS

_COUNTRIES, _LANGUAGES = ("NL", "BE", "DE"), ("nl", "nl", "de")
_SEGMENTS = ("Klein", "Klein", "Midden", "Groot", "Overheid")
_LIMITED, _HAS_EMAIL, _HAS_PHONE = 0.85, 0.96, 0.9
_CENT = pl.lit("0.01").cast(pl.Decimal(18, 2))


def days(values: Ints) -> pl.Series:
    """Return day numbers as dates; NEVER becomes null."""
    return pl.Series(values).set(pl.Series(values >= NEVER), None).cast(pl.Int32).cast(pl.Date)


def money(values: Ints) -> pl.Series:
    """Return whole cents as decimals with two places."""
    return pl.select(exact_money(pl.lit(pl.Series("cents", values)))).to_series()


def exact_money(cents: pl.Expr) -> pl.Expr:
    """Turn an expression of whole cents into decimals with two places; nothing is rounded."""
    return (cents.cast(pl.Decimal(38, 0)) * _CENT).cast(pl.Decimal(18, 2))


def words(choices: tuple[str, ...] | list[str], which: Ints) -> pl.Series:
    """Return the chosen word per entry; -1 becomes null."""
    positions = pl.Series(which).set(pl.Series(which < 0), None)
    return pl.Series(list(choices), dtype=pl.String).gather(positions)


def where(values: pl.Series, is_shown: Bools) -> pl.Series:
    """Return the values, null where not shown."""
    return pl.select(pl.when(pl.Series(is_shown)).then(values)).to_series()


def segment_of(customers: Customers) -> pl.Series:
    """Return each customer's segment."""
    return words(_SEGMENTS, np.where(customers.public, 4, customers.size))


def customer_ids(customers: Customers) -> pl.Series:
    """Return each customer's id."""
    return "D" + pl.Series(customers.number).cast(pl.String)


def document_ids(invoices: Invoices, notes: CreditNotes) -> pl.Series:
    """Return the ids of the invoices, then of the credit notes: entity, year and a running number."""
    numbered = []
    for services, day, letter in ((invoices.services, invoices.day, ""), (notes.services, notes.day, "C")):
        order = np.argsort(day, kind="stable")
        running = np.empty(len(day), dtype=np.int64)
        running[order] = np.arange(1, len(day) + 1)
        frame = pl.DataFrame(
            {"entity": words(("N", "S"), services.astype(np.int64)), "day": days(day), "n": running}
        )
        number = pl.col("n").cast(pl.String).str.zfill(6)
        numbered.append(
            frame.select(
                id=pl.format(letter + "{}{}-{}", "entity", pl.col("day").dt.year(), number)
            ).to_series()
        )
    return pl.concat(numbered)


def write_customers(
    folder: Path, customers: Customers, names: list[str], billed: Ints, rng: np.random.Generator
) -> None:
    """Write customers.csv.

    Args:
        folder: where to.
        customers: who.
        names: one per customer.
        billed: cents billed over three years; the credit limits follow from it.
        rng: source of limits and account managers.
    """
    count = customers.count
    month = billed / 36
    limit = np.ceil(month * (customers.terms / 30 + 1) * rng.uniform(1.8, 5.2, count) / 100_000) * 1_000
    ids = customer_ids(customers)
    limited = (rng.random(count) < _LIMITED) & ~customers.public & ~customers.consumer
    manager = np.where(customers.size >= MIDDLE, rng.integers(0, 4, count), 4)
    kind = np.where(customers.public, 2, np.where(customers.consumer, 1, 0))
    frame = pl.DataFrame(
        {
            "customer_id": ids,
            "customer_name": names,
            "segment": segment_of(customers),
            "country": words(_COUNTRIES, customers.abroad),
            "payment_terms_days": customers.terms,
            "credit_limit": where(money((limit * 100).astype(np.int64)), limited),
            "customer_type": words(("business", "consumer", "public"), kind),
            "size_class": words(SIZE_CLASSES, customers.size),
            # .example never reaches anybody
            "email": where("facturen@" + ids.str.to_lowercase() + ".example", rng.random(count) < _HAS_EMAIL),
            # No range of numbers that is in use.
            "phone": where(
                "085 00" + pl.Series(customers.number).cast(pl.String), rng.random(count) < _HAS_PHONE
            ),
            "contact_name": person_names(count, rng),
            "account_manager": words(ACCOUNT_MANAGERS, manager),
            "language": words(_LANGUAGES, customers.abroad),
            "preferred_method": words(("Overboeking", "Incasso"), customers.direct_debit.astype(np.int64)),
        }
    )
    frame.sort("customer_id").write_csv(folder / "customers.csv")


def order_numbers(company: Company) -> pl.Series:
    """Return the customer's order number of each document, invoices first; null where there is none."""
    count = company.invoices.count + len(company.notes.day)
    has_order = np.concatenate([company.invoices.has_po, np.zeros(len(company.notes.day), dtype=np.bool_)])
    number = pl.Series(400_000 + np.arange(count) * 7 % 599_993).cast(pl.String)
    return where("PO" + number, has_order)


def write_invoices(folder: Path, company: Company) -> None:
    """Write invoices.csv: invoices and the credit notes issued by the as-of day."""
    invoices, notes, ids, as_of = company.invoices, company.notes, company.ids, company.calendar.as_of
    count, noted = invoices.count, len(notes.day)
    is_note = np.arange(count + noted) >= count
    no_day, none = np.full(noted, NEVER), np.full(noted, -1)
    percent = np.concatenate([invoices.discount_percent, np.zeros(noted, dtype=np.int64)])
    customer = np.concatenate([invoices.customer, notes.customer])
    day = np.concatenate([invoices.day, notes.day])
    cancelled = np.concatenate([invoices.cancelled, no_day])
    frame = pl.DataFrame(
        {
            "invoice_id": ids,
            "customer_id": customer_ids(company.customers).gather(customer),
            "invoice_type": words(("invoice", "credit_note"), is_note.astype(np.int64)),
            "invoice_date": days(day),
            "due_date": days(np.concatenate([invoices.due, notes.day])),
            "currency": pl.repeat("EUR", count + noted, eager=True),
            "amount": money(np.concatenate([invoices.amount, notes.amount])),
            "vat_amount": money(np.concatenate([invoices.vat, notes.vat])),
            "po_number": order_numbers(company),
            "entity": words(ENTITIES, np.concatenate([invoices.services, notes.services]).astype(np.int64)),
            "terms_days": where(pl.Series(np.concatenate([invoices.terms, none])), ~is_note),
            "discount_percent": where(pl.Series(percent), percent > 0),
            "discount_days": where(pl.repeat(DISCOUNT_DAYS, count + noted, eager=True), percent > 0),
            "original_invoice_id": ids.gather(
                pl.Series(np.concatenate([np.full(count, -1), notes.original])).replace(-1, None)
            ),
            "cancelled_date": where(days(cancelled), cancelled <= as_of),
        }
    )
    issued = frame.filter(pl.Series(day <= as_of))
    issued.sort("invoice_date", "invoice_id").write_csv(folder / "invoices.csv")


def write_payments(folder: Path, company: Company) -> None:
    """Write payments.csv, by day; the lines of one payment carry one id."""
    lines, ids = company.lines, company.ids
    order = np.lexsort((lines.document, lines.group, lines.day))
    group, day = lines.group[order], lines.day[order]
    fresh = np.concatenate([[1], (group[1:] != group[:-1]) | (day[1:] != day[:-1])]).astype(np.int64)
    number = pl.Series(np.cumsum(fresh)[: len(order)]).cast(pl.String).str.zfill(7)
    document = pl.Series(lines.document[order])
    pl.DataFrame(
        {
            "payment_id": "B" + number,
            "customer_id": customer_ids(company.customers).gather(lines.customer[order]),
            "invoice_id": ids.gather(document.set(document < 0, None)),
            "payment_date": days(day),
            "currency": pl.repeat("EUR", len(order), eager=True),
            "amount": money(lines.amount[order]),
            "kind": words(KINDS, lines.kind[order]),
            "entity": words(ENTITIES, lines.services[order]),
        }
    ).write_csv(folder / "payments.csv")


def write_instalments(folder: Path, company: Company) -> None:
    """Write instalments.csv."""
    invoices = company.invoices
    chosen = np.flatnonzero(invoices.parts > 0)
    parts = instalment_parts(invoices, chosen)
    empty = np.zeros(0, dtype=np.int64)
    which, due, amount = (np.concatenate([empty, *(part[column] for part in parts)]) for column in range(3))
    frame = pl.DataFrame(
        {"invoice_id": company.ids.gather(chosen[which]), "due_date": days(due), "amount": money(amount)}
    )
    frame.sort("invoice_id", "due_date").write_csv(folder / "instalments.csv")


def write_disputes(folder: Path, company: Company) -> None:
    """Write disputes.csv: what was opened by the as-of day, still open where it closes later."""
    disputes, as_of = company.disputes, company.calendar.as_of
    known = disputes.opened <= as_of
    frame = pl.DataFrame(
        {
            "invoice_id": company.ids.gather(disputes.invoice),
            "opened_date": days(disputes.opened),
            "closed_date": where(days(disputes.closed), disputes.closed <= as_of),
            "reason": words(REASONS, disputes.reason),
            "amount": money(disputes.amount),
        }
    )
    frame.filter(pl.Series(known)).sort("opened_date", "invoice_id").write_csv(folder / "disputes.csv")


def write_ledger_balances(folder: Path, company: Company) -> None:
    """Write ledger_balances.csv: receivables per entity at each month end and at the as-of day."""
    invoices, notes, lines, calendar = company.invoices, company.notes, company.lines, company.calendar
    history = np.arange(calendar.start, calendar.as_of + 1)
    month = calendar.month[calendar.position(history)]
    ends = np.unique(np.append(history[:-1][month[:-1] != month[1:]], calendar.as_of))
    valid = np.flatnonzero(invoices.cancelled < NEVER)
    services = np.concatenate(
        [invoices.services, notes.services, invoices.services[valid], lines.services.astype(np.bool_)]
    )
    when = np.concatenate([invoices.day, notes.day, invoices.cancelled[valid], lines.day])
    what = np.concatenate([invoices.amount, notes.amount, -invoices.amount[valid], -lines.amount])
    rows = []
    for entity, name in enumerate(ENTITIES):
        own = services == bool(entity)
        order = np.argsort(when[own], kind="stable")
        running = np.concatenate([[0], np.cumsum(what[own][order])])
        balance = running[np.searchsorted(when[own][order], ends, side="right")]
        rows.append(
            pl.DataFrame({"balance_date": days(ends), "entity": [name] * len(ends), "cents": balance})
        )
    pl.concat(rows).sort("balance_date", "entity").select(
        "balance_date",
        "entity",
        currency=pl.lit("EUR"),
        balance=exact_money(pl.col("cents")),
    ).write_csv(folder / "ledger_balances.csv")
