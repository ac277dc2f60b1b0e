"""Bank lines that are no money of customers: suppliers, wages, taxes, interest, transfers, strangers."""

import numpy as np

from data.demo.bank import rates
from data.demo.bank.cash_book import AccountBalances, SupplierBills
from data.demo.bank.chance import Chance
from data.demo.bank.entries import BankLine
from data.demo.bank.numbers import misspelt
from data.demo.bank.references import iban, payment_reference
from data.demo.bank.texts import euros
from data.demo.bank_days import calendar_day
from data.demo.company import Company
from data.demo.costs import LABELS, LOAN, PAYROLL, RENT, TAX, VAT, Costs
from data.demo.names import person_names, supplier_names

_SENT, _COLLECTED, _INTEREST, _CHARGE = "PMNT-ICDT-ESCT", "PMNT-RDDT-ESDD", "ACMT-MCOP-INTR", "ACMT-MDOP-CHRG"
_SALARY, _TRANSFER = "PMNT-ICDT-SALA", "PMNT-ICDT-BOOK"
_OTHER_SIDE = {
    PAYROLL: ("", _SALARY, "Salarissen {month}"),
    TAX: ("Belastingdienst", _SENT, "Loonheffingen {month}"),
    VAT: ("Belastingdienst", _SENT, "Omzetbelasting {month}"),
    RENT: ("Kade Vastgoed Beheer BV", _COLLECTED, "Huur bedrijfsruimte {month}"),
    LOAN: ("Polderbank NV", _COLLECTED, "Aflossing en rente lening 12.34.567 {month}"),
}
_STRANGERS = (
    "Factuur {like}",
    "{like}",
    "Betaling order {digits}",
    "Lidmaatschap 2026",
    "Vergoeding {digits}",
    "",
)
_MAY_RETURN = 0.6


def payment_lines(bills: SupplierBills, costs: Costs, seed: int) -> list[BankLine]:
    """Return the lines of bills paid and of wages, taxes, rent and loan, all from the main account."""
    lines = []
    named = bills.frame.select("bill_id", "supplier", "paid_date").iter_rows()
    for (bill, supplier, paid), day, cents in zip(
        named, bills.paid.tolist(), bills.amount.tolist(), strict=True
    ):
        if paid is None:
            continue
        own = sum(map(ord, supplier)) * 7_919
        lines.append(
            BankLine(
                account=0,
                day=day,
                cents=-cents,
                name=supplier,
                iban=iban("NL", own, 300_000_000 + own % 99_999_999),
                text=f"Factuur {bill}",
                end_to_end=bill,
                code=_SENT,
                kind="supplier",
            )
        )
    chance = Chance(seed, "costs")
    for day, cents, category in zip(
        costs.day.tolist(), costs.amount.tolist(), costs.category.tolist(), strict=True
    ):
        name, code, text = _OTHER_SIDE[category]
        reference = payment_reference(chance.digits(14)) if name == "Belastingdienst" else ""
        lines.append(
            BankLine(
                account=0,
                day=day,
                cents=-cents,
                name=name,
                iban=iban("NL", category, 100_000_000 + category) if name else "",
                text=text.format(month=f"{calendar_day(day):%m-%Y}"),
                reference=reference,
                end_to_end=f"{LABELS[category][:3].upper()}{chance.digits(6)}",
                code=code,
                kind={PAYROLL: "salary", TAX: "tax", VAT: "tax"}.get(category, "supplier"),
            )
        )
    return [line for line in lines if line.cents]


def transfer_lines(book: AccountBalances) -> list[BankLine]:
    """Return both sides of the transfers between own accounts: what balances moved beyond the payments."""
    lines = []
    for account in (1, 2):
        moved = np.diff(book.balances[account]) - book.moved[account][1:]
        for place in np.flatnonzero(moved).tolist():
            day, cents = int(book.day[place + 1]), int(moved[place])
            lines += own_transfer(book.accounts, account, day, cents)
    return lines


def own_transfer(accounts: tuple[str, ...], account: int, day: int, cents: int) -> list[BankLine]:
    """Return both lines of a transfer from the main account to another; below 0 it comes from there."""
    return [
        BankLine(
            account=own,
            day=day,
            cents=amount,
            name="Zilverwaard Nederland BV" if other == 0 else "Zilverwaard Services BV",
            iban=accounts[other],
            text="Overboeking eigen rekening",
            code=_TRANSFER,
            kind="transfer",
        )
        for own, other, amount in ((account, 0, cents), (0, account, -cents))
    ]


def stray_lines(company: Company, numbers: list[str], receipts: int, seed: int) -> list[BankLine]:
    """Return money of strangers, interest, bank charges and a tax that comes back."""
    chance, calendar = Chance(seed, "strangers"), company.calendar
    strangers = person_names(60, chance.stream) + supplier_names(60, chance.stream)
    days = np.arange(calendar.start, calendar.as_of + 1)
    bank_days = days[calendar.bank_day[calendar.position(days)]]
    lines = []
    for _ in range(max(2, round(rates.UNRELATED * receipts))):
        position = chance.number(0, len(strangers) - 1)
        like = misspelt(chance.one_of(numbers), chance)
        day, cents = chance.one_of(bank_days.tolist()), chance.number(500, 250_000)
        text = chance.one_of(_STRANGERS).format(like=like, digits=chance.digits(6))
        own = iban("NL", position, 800_000_000 + position)
        line = BankLine(
            account=chance.number(0, 1),
            day=day,
            cents=cents,
            name=strangers[position],
            iban=own,
            text=text,
            end_to_end="NOTPROVIDED",
            kind="unrelated",
            noise=("unrelated",),
        )
        lines.append(line)
        back = int(calendar.next_bank_day(np.array(day + chance.number(3, 20))))
        if back <= calendar.as_of and chance.happens(_MAY_RETURN):
            lines.append(
                BankLine(
                    account=line.account,
                    day=back,
                    cents=-cents,
                    name=line.name,
                    iban=own,
                    text=f"Retour onbekende betaling {euros(cents)}",
                    code=_SENT,
                    kind="other",
                )
            )
    month_ends = bank_days[:-1][np.diff(calendar.month[calendar.position(bank_days)]) != 0]
    for day in month_ends.tolist():
        lines.append(
            BankLine(
                account=0,
                day=day,
                cents=-chance.number(1_200, 9_500),
                name="",
                iban="",
                text="Kosten betalingsverkeer",
                code=_CHARGE,
                kind="charge",
            )
        )
        if calendar_day(day).month % 3 == 0:
            lines.append(
                BankLine(
                    account=2,
                    day=day,
                    cents=chance.number(4_000, 90_000),
                    name="",
                    iban="",
                    text="Creditrente",
                    code=_INTEREST,
                    kind="other",
                )
            )
        if calendar_day(day).month == 6:  # noqa: PLR2004
            lines.append(
                BankLine(
                    account=0,
                    day=day,
                    cents=chance.number(100_000, 900_000),
                    name="Belastingdienst",
                    iban=iban("NL", TAX, 100_000_000 + TAX),
                    text=f"Teruggaaf vennootschapsbelasting {calendar_day(day).year - 1}",
                    kind="tax",
                )
            )
    return lines
