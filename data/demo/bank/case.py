"""A bank file that looks real, with the truth beside it: what each receipt pays, and how much of it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from data.demo import write
from data.demo.bank import camt, mt940, rates
from data.demo.bank.chance import Chance
from data.demo.bank.events import (
    bookkept_events,
    settled_by_others,
    with_fewer_parts,
    with_short_texts,
    with_wrong_amounts,
)
from data.demo.bank.numbers import document_numbers
from data.demo.bank.others import own_transfer, payment_lines, stray_lines
from data.demo.bank.payers import make_groups, make_payers
from data.demo.bank.receipts import LineSource, Teller, without_parts
from data.demo.bank.statements import DemoStatement, make_statements, write_balances, write_native
from data.demo.bank_days import NEVER, Bools, calendar_day
from data.demo.cash import ACCOUNTS, cash_flows, write_bills
from data.demo.company import Company
from data.demo.customers import LAST_NAMED, Customers
from data.demo.invoices import Invoices
from data.demo.lines import CREDIT, WRITE_OFF, Settlements
from data.demo.recipe import InvoiceChange, draw_company

_OPENING = (50_000_000, 10_000_000, 25_000_000)
_SET_OFF_LATER = 30


def write_bank_case(
    folder: Path,
    truth: Path,
    *,
    invoices: int = 20_000,
    seed: int = 1,
    as_of: date,
    style: str = "letters",
) -> None:
    """Write a company's books without payments, its bank statements, and the truth about each entry.

    `folder` can be loaded as it is: customers, invoices, what was settled without money, bills, balances,
    bank_entries.csv and bank_statements.csv. `truth` gets truth.csv (account, entry_id, entry_date, amount,
    customer_id, kind, invoice_id, pays, noise; a row per entry and invoice, and one without an invoice for
    money that pays none), known_accounts.csv (counterparty_account, customer_id), and the same statements as
    camt.053 of version 2 and 8 and as MT940, in folders of their own.

    Args:
        folder: of the books; made if it is not there.
        truth: of the truth; made if it is not there.
        invoices: of `write_company`.
        seed: of `write_company`.
        as_of: of `write_company`.
        style: of the invoice numbers, see `numbers.STYLES`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    truth.mkdir(parents=True, exist_ok=True)
    drawn = draw_company(invoices=invoices, seed=seed, as_of=as_of, change=_fixed_amounts(seed))
    company, names = drawn.company, _shared_names(drawn.names, seed)
    days = np.concatenate([company.invoices.day, company.notes.day])
    company = _credit_notes_later(
        replace(company, ids=document_numbers(style, company.ids, days, company.invoices.count)), seed
    )
    groups = make_groups(company.customers.count, seed)
    books = LineSource(
        company=company,
        numbers=company.ids.to_list(),
        orders=[order or "" for order in write.order_numbers(company).to_list()],
        names=names,
        customer_ids=write.customer_ids(company.customers).to_list(),
        payers=make_payers(company, names, groups, seed),
    )
    write.write_customers(folder, company.customers, names, drawn.total, drawn.rng)
    _write_parents(folder, books, groups)
    write.write_invoices(folder, company)
    write.write_payments(folder, replace(company, lines=_without_money(company)))
    costs_rng = np.random.Generator(np.random.PCG64(seed))
    bills = write_bills(folder, company.invoices, company.calendar, costs_rng)
    events = with_fewer_parts(bookkept_events(company, unnamed=False), company.invoices.amount, seed)
    events = with_wrong_amounts(with_short_texts(events, books.payers), company, books.payers, seed)
    teller = Teller(books, settled_by_others(company, (CREDIT, WRITE_OFF)), seed, noisy=True)
    received = without_parts(teller.lines(events), seed)
    costs = cash_flows(company, bills).costs
    lines = [
        *received,
        *payment_lines(bills, costs, seed),
        *stray_lines(company, books.numbers, len(received), seed),
    ]
    first = company.calendar.start
    for place, day in enumerate(range(first + 20, company.calendar.as_of, 28)):
        lines += own_transfer(
            ACCOUNTS,
            1 + place % 2,
            int(company.calendar.next_bank_day(np.array(day))),
            2_500_000 - 100 * place,
        )
    lines = [line for line in lines if line.day <= company.calendar.as_of]
    span = np.arange(first, company.calendar.as_of + 1)
    shown = span[company.calendar.bank_day[company.calendar.position(span)]].tolist()
    days_of = (
        [first - 1, *shown]
        if shown[-1] == company.calendar.as_of
        else [first - 1, *shown, company.calendar.as_of]
    )
    statements = make_statements(lines, ACCOUNTS, days_of, list(_OPENING))
    write_native(folder, statements)
    write_balances(folder, statements)
    _write_truth(truth, books, statements)
    camt.write_camt(truth / "camt.053.001.02", statements, version=2)
    camt.write_camt(truth / "camt.053.001.08", statements, version=8)
    mt940.write_mt940(truth / "mt940", statements)


def _fixed_amounts(seed: int) -> InvoiceChange:
    """Return a change of invoices: some customers are billed the same amount each time."""

    def change(invoices: Invoices, customers: Customers) -> Invoices:
        chance = Chance(seed, "fixed amounts")
        amount, vat = invoices.amount.copy(), invoices.vat.copy()
        for customer in range(LAST_NAMED + 1, customers.count):
            if not chance.happens(rates.FIXED_AMOUNT):
                continue
            own = np.flatnonzero(invoices.customer == customer)
            if len(own):
                fixed = int(amount[own[0]])
                amount[own] = fixed
                rate = invoices.vat_rate[own]
                vat[own] = np.rint(fixed * rate / (1 + rate)).astype(np.int64)
        return replace(invoices, amount=amount, vat=vat)

    return change


def _shared_names(names: list[str], seed: int) -> list[str]:
    """Return the names; some customers have that of another."""
    chance, result = Chance(seed, "shared names"), list(names)
    for position in range(LAST_NAMED + 1, len(names) - 1):
        if chance.happens(rates.SAME_NAME):
            result[position] = names[chance.number(LAST_NAMED + 1, len(names) - 1)]
    return result


def _credit_notes_later(company: Company, seed: int) -> Company:
    """Set some credit notes off only after the customer took them off its payment."""
    chance, lines, notes = Chance(seed, "credit notes"), company.lines, company.notes
    day = lines.day.copy()
    rows_of_group: dict[int, list[int]] = {}
    for row in np.flatnonzero(lines.kind == CREDIT).tolist():
        rows_of_group.setdefault(int(lines.group[row]), []).append(row)
    for rows in rows_of_group.values():
        documents = lines.document[rows]
        original = int(documents.min())
        is_whole = -int(lines.amount[rows].min()) >= int(company.invoices.amount[original])
        cleared = int(lines.cleared[original])
        if is_whole or cleared >= NEVER or not chance.happens(rates.CREDIT_NOTE_NOT_SET_OFF):
            continue
        if int(notes.day[documents.max() - company.invoices.count]) <= cleared:
            later = int(company.calendar.next_bank_day(np.array(cleared + _SET_OFF_LATER)))
            day[rows] = np.maximum(day[rows], later)
    keep = day <= company.calendar.as_of
    return replace(company, lines=_chosen(replace(lines, day=day), keep))


def _without_money(company: Company) -> Settlements:
    """Return what others than the bank settled: credit notes set off and what was written off."""
    return _chosen(company.lines, np.isin(company.lines.kind, (CREDIT, WRITE_OFF)))


def _chosen(lines: Settlements, keep: Bools) -> Settlements:
    """Return some of the lines."""
    columns = ("document", "customer", "services", "day", "amount", "kind", "group")
    return replace(lines, **{name: getattr(lines, name)[keep] for name in columns})


def _write_parents(folder: Path, books: LineSource, groups: dict[int, tuple[int, ...]]) -> None:
    """Write the parent customers into customers.csv: the first of each group is that of the others."""
    ids = books.customer_ids
    parents = {ids[member]: ids[members[0]] for member, members in groups.items() if member != members[0]}
    customers = pl.read_csv(folder / "customers.csv", infer_schema=False)
    parent = pl.Series([parents.get(one) for one in customers["customer_id"].to_list()], dtype=pl.String)
    customers.with_columns(parent_id=parent).write_csv(folder / "customers.csv")


def _write_truth(truth: Path, books: LineSource, statements: list[DemoStatement]) -> None:
    rows: list[tuple[object, ...]] = []
    for statement in statements:
        for booked in statement.lines:
            line = booked.line
            head = (
                statement.account,
                booked.entry_id,
                calendar_day(statement.day),
                line.cents,
                books.customer_ids[line.customer] if line.customer >= 0 else None,
                line.kind,
            )
            noise = "; ".join(line.noise)
            rows += [(*head, books.numbers[document], cents, noise) for document, cents in line.pays]
            rest = line.cents - sum(cents for _, cents in line.pays)
            if rest or not line.pays:
                rows.append((*head, None, rest, noise))
    columns = (
        "account",
        "entry_id",
        "entry_date",
        "amount",
        "customer_id",
        "kind",
        "invoice_id",
        "pays",
        "noise",
    )
    pl.DataFrame(rows, schema=columns, orient="row", infer_schema_length=None).with_columns(
        write.exact_money(pl.col("amount")).alias("amount"), write.exact_money(pl.col("pays")).alias("pays")
    ).write_csv(truth / "truth.csv")
    chance = Chance(len(books.payers), "known accounts")
    known = [payer for payer in books.payers if chance.happens(rates.KNOWN_ACCOUNTS)]
    pl.DataFrame(
        {
            "counterparty_account": [payer.account for payer in known],
            "customer_id": [books.customer_ids[payer.customer] for payer in known],
        }
    ).write_csv(truth / "known_accounts.csv")
