"""A small Odoo of our own: a partner per case, the same books in each version."""

from tests.data.databases.odoo_books import (
    EUR,
    GENERAL,
    LOSSES,
    NOT_TRADE,
    USD,
    Entry,
    OdooBooks,
)
from tests.data.databases.postgres_server import PostgresServer

NORTH, SOUTH = "Noord\tB.V.", "Zuid Ltd."
PARTNERS = (
    "instalments", "credited", "unapplied", "prepaid", "written off", "short paid", "opening", "exchange",
    "refunded", "payer", "paid by another", "blocked", "later booked", "two companies",
)  # fmt: skip


def small_odoo(server: PostgresServer, version: int) -> tuple[OdooBooks, dict[str, int]]:
    """Make the books; return them and the number of each partner."""
    books = OdooBooks(server, version, {NORTH: EUR, SOUTH: USD})
    partner = {name: books.partner(f"Klant {name}", country_id=1, lang="nl_NL") for name in PARTNERS}
    _settled_documents(books, partner)
    _open_documents(books, partner)
    _money_and_entries(books, partner)
    _agreements(books, partner["instalments"])
    return books, partner


def _settled_documents(books: OdooBooks, partner: dict[str, int]) -> None:
    who = partner["instalments"]
    first, second, _sales = books.move(
        "out_invoice", "2026-01-10",
        [Entry("100.00", who, "2026-02-09"), Entry("50.00", who, "2026-03-11")], name="INV/1", ref="PO 7",
        amount_untaxed_signed="123.97",
    )  # fmt: skip
    paid, _bank = books.payment("2026-03-01", [Entry("-100.00", who)], name="BNK/1")
    books.reconcile(second, paid, "50.00")
    books.reconcile(first, paid, "50.00")

    who = partner["credited"]
    invoice, _sales = books.move(
        "out_invoice", "2026-01-15", [Entry("121.00", who, "2026-02-14")], name="INV/2"
    )
    note, _sales = books.move(
        "out_refund", "2026-02-10", [Entry("-21.00", who, "2026-02-10")], name="RINV/1",
        reversed_entry_id=books.move_of(invoice),
    )  # fmt: skip
    # Reconciled in April, counted from the day of the note on.
    books.reconcile(invoice, note, "21.00", create_date="2026-04-15 10:00:00")

    who = partner["prepaid"]
    paid, _bank = books.payment("2026-01-05", [Entry("-40.00", who)], name="BNK/2")
    invoice, _sales = books.move(
        "out_invoice", "2026-02-05", [Entry("40.00", who, "2026-03-07")], name="INV/3"
    )
    books.reconcile(invoice, paid, "40.00")

    who = partner["written off"]
    invoice, _sales = books.move(
        "out_invoice", "2026-01-10", [Entry("90.00", who, "2026-02-09")], name="INV/4"
    )
    paid, _bank = books.payment("2026-01-20", [Entry("-80.00", who)], name="BNK/3")
    loss, _cost = books.move(
        "entry", "2026-02-01", [Entry("-10.00", who), Entry("10.00", account=LOSSES)], name="MISC/1",
        journal=GENERAL,
    )  # fmt: skip
    books.reconcile(invoice, paid, "80.00")
    books.reconcile(invoice, loss, "10.00")

    who = partner["short paid"]
    invoice, _sales = books.move(
        "out_invoice", "2026-01-10", [Entry("61.00", who, "2026-02-09")], name="INV/5"
    )
    paid, _cost, _bank = books.payment(
        "2026-02-01", [Entry("-61.00", who), Entry("1.00", account=LOSSES)], name="BNK/4"
    )
    books.run("insert into account_payment values (1, %s, 60.00, 1, 'inbound')", books.move_of(paid))
    books.reconcile(invoice, paid, "61.00")

    # 550.00 USD, in the books for 500.00, paid when they were worth 520.00.
    who = partner["exchange"]
    invoice, _sales = books.move(
        "out_invoice", "2026-01-05",
        [Entry("500.00", who, "2026-02-04", amount_currency="550", currency=USD)], name="INV/6",
    )  # fmt: skip
    paid, _bank = books.payment(
        "2026-02-05", [Entry("-520.00", who, amount_currency="-550", currency=USD)], name="BNK/5"
    )
    gain, _income = books.move(
        "entry", "2026-02-05", [Entry("20.00", who, amount_currency="0", currency=USD)], name="EXCH/1",
        journal=GENERAL,
    )  # fmt: skip
    exchange = {"exchange_move_id": books.move_of(gain)} if books.version >= 16 else {}
    books.reconcile(invoice, paid, "500.00", **exchange)
    books.reconcile(gain, paid, "20.00")

    who = partner["refunded"]
    note, _sales = books.move("out_refund", "2026-01-20", [Entry("-50.00", who, "2026-01-20")], name="RINV/2")
    back, _bank = books.payment("2026-02-15", [Entry("50.00", who)], name="BNK/6")
    books.reconcile(back, note, "50.00")

    invoice, _sales = books.move(
        "out_invoice", "2026-01-10", [Entry("30.00", partner["paid by another"], "2026-02-09")], name="INV/7"
    )
    paid, _bank = books.payment("2026-01-31", [Entry("-30.00", partner["payer"])], name="BNK/7")
    books.reconcile(invoice, paid, "30.00")


def _open_documents(books: OdooBooks, partner: dict[str, int]) -> None:
    blocked = {"payment_state": "blocked"} if books.version >= 18 else {}
    entry = Entry("847.00", partner["blocked"], "2026-03-02", is_blocked=books.version <= 17)
    books.move("out_invoice", "2026-01-31", [entry], name="INV/8", **blocked)

    late = Entry("14.50", partner["later booked"], "2026-04-29")
    books.move("out_invoice", "2026-04-01", [late], name="INV/9", invoice_date="2026-03-30")

    who = partner["two companies"]
    books.move("out_receipt", "2026-03-02", [Entry("60.50", who, "2026-03-02")], name="INV/1", company=2)
    for state, name in (("draft", "/"), ("cancel", "INV/99")):
        books.move("out_invoice", "2026-03-01", [Entry("999.99", who, "2026-03-31")], name=name, state=state)


def _money_and_entries(books: OdooBooks, partner: dict[str, int]) -> None:
    books.payment("2026-02-01", [Entry("-75.00", partner["unapplied"])], name="BNK/8")
    books.payment("2026-03-28", [Entry("-77.00")], name="BNK/9")
    who = partner["opening"]
    books.move(
        "entry", "2026-01-01", [Entry("300.00", who, "2025-12-15"), Entry("-20.00", who, "2025-12-20")],
        name="MISC/2", journal=GENERAL,
    )  # fmt: skip
    if books.version >= 16:
        books.move("entry", "2026-03-05", [Entry("75.00", account=NOT_TRADE)], name="MISC/3", journal=GENERAL)


# 50% in 30 days, the rest 30 days after the end of the month.
_DAYS_AND_OPTIONS = """insert into account_payment_term_line values
    (1, 2, 'percent', 50, 30, 'day_after_invoice_date', 1),
    (2, 2, 'balance', 0, 30, 'after_invoice_month', 2)"""
_MONTHS_AND_DAYS = """insert into account_payment_term_line values
    (1, 2, 'percent', 50, 0, 30, false, 0), (2, 2, 'balance', 0, 0, 0, true, 30)"""
_DELAYS = """insert into account_payment_term_line values
    (1, 2, 'percent', 50, 30, 'days_after'), (2, 2, 'percent', 50, 30, 'days_after_end_of_month')"""
_TERMS = {14: _DAYS_AND_OPTIONS, 15: _DAYS_AND_OPTIONS, 16: _MONTHS_AND_DAYS, 17: _DELAYS, 18: _DELAYS}


def _agreements(books: OdooBooks, partner: int) -> None:
    """Agree on terms in two parts, and on a limit of 2,500.50."""
    books.run("insert into account_payment_term values (2)")
    books.run(_TERMS[books.version])
    if books.version >= 18:
        books.run(
            "update res_partner set property_payment_term_id = '{\"1\": 2}', "
            "credit_limit = '{\"1\": 2500.5}' where id = %s", partner,
        )  # fmt: skip
        return
    books.run(
        "insert into ir_property values "
        "(1, 'property_payment_term_id', 1, %s, 'account.payment.term,2', null), "
        "(2, 'credit_limit', 1, %s, null, 2500.5)", f"res.partner,{partner}", f"res.partner,{partner}",
    )  # fmt: skip
