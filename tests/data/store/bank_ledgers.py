"""Small ledgers with the statements of a bank and the truth beside them, and the files they come in.

Plain arithmetic in whole cents; nothing of the program is used. The amounts of a ledger are all different,
and no two of them make a third, so that what pays what is known.
"""

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from xml.sax.saxutils import escape

ACCOUNT = "NL91ABNA0417164300"
FIRST = date(2026, 1, 5)
OPENING = 1_000_000
NAMES = ("Bakkerij Jansen", "Smederij Smit", "Molenaar Techniek", "Drukkerij Vos")
_CAMT = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"


@dataclass(frozen=True)
class BookedLine:
    """A line of the bank: whole cents, below 0 for money out."""

    day: date
    cents: int
    name: str
    text: str
    reference: str


@dataclass
class BankLedger:
    """A ledger and its bank.

    Attributes:
        customers, invoices: rows of native files.
        amounts: cents by invoice.
        lines: of the bank, in the order of their days.
        truth: reference of a line -> what each invoice gets of it, '' for money that belongs on none.
    """

    customers: list[tuple] = field(default_factory=list)
    invoices: list[tuple] = field(default_factory=list)
    amounts: dict[str, int] = field(default_factory=dict)
    lines: list[BookedLine] = field(default_factory=list)
    truth: dict[str, dict[str, int]] = field(default_factory=dict)

    def days(self) -> list[date]:
        return sorted({line.day for line in self.lines})

    def statements(self) -> list[tuple[int, date, int, list[BookedLine]]]:
        """Return number, day, opening and lines of each day's statement."""
        found, balance = [], OPENING
        for number, day in enumerate(self.days(), start=1):
            lines = [line for line in self.lines if line.day == day]
            found.append((number, day, balance, lines))
            balance += sum(line.cents for line in lines)
        return found


def draw_ledger(seed: int) -> BankLedger:
    """Return a ledger: receipts that name an invoice, several or none, a part of one, one twice, others."""
    dice = random.Random(seed)
    ledger = BankLedger()
    names = NAMES[: dice.randint(2, 4)]
    ledger.customers = [(f"C{place}", name, "", "NL", 30, "") for place, name in enumerate(names, start=1)]
    # Powers of two times an odd number: no sum of two is a third, nor a half of one.
    sizes = dice.sample([1_003 * 2**power + 7 for power in range(12)], dice.randint(4, 8))
    waiting: dict[int, list[str]] = defaultdict(list)
    for place, cents in enumerate(sizes):
        owner = dice.randrange(len(names))
        number, day = f"2026-{4_101 + 37 * place}", FIRST + timedelta(days=dice.randint(0, 20))
        ledger.invoices.append(
            (number, f"C{owner + 1}", "invoice", day, day + timedelta(days=30), "EUR", money(cents))
        )
        ledger.amounts[number] = cents
        waiting[owner].append(number)
    pay_all(ledger, dice, names, waiting)
    ledger.lines.sort(key=lambda line: (line.day, line.reference))
    return ledger


def pay_all(
    ledger: BankLedger, dice: random.Random, names: tuple[str, ...], waiting: dict[int, list[str]]
) -> None:
    """Add what customers and others pay."""

    def book(cents: int, name: str, text: str, parts: dict[str, int]) -> None:
        reference = f"R{len(ledger.lines):04d}"
        day = FIRST + timedelta(days=25 + dice.randint(0, 6))
        ledger.lines.append(BookedLine(day, cents, name, text, reference))
        ledger.truth[reference] = parts

    for owner, numbers in waiting.items():
        while numbers:
            number = numbers.pop()
            cents, how = ledger.amounts[number], dice.randrange(7)
            if how == 0 and numbers:
                other = numbers.pop()
                both = {number: cents, other: ledger.amounts[other]}
                book(sum(both.values()), names[owner], f"facturen {number} en {other}", both)
            elif how == 1:
                book(cents, names[owner], "met dank", {number: cents})
            elif how == 2:
                book(cents // 3, names[owner], f"deel van {number}", {number: cents // 3})
            elif how == 3:
                book(cents, names[owner], f"factuur {number}", {number: cents})
                # Whichever comes first is for the invoice.
                book(cents, names[owner], f"factuur {number}", {number: cents})
            elif how < 6:
                book(cents, names[owner], f"Factuur {number}", {number: cents})
    book(-1_995, "De Bank", "Kosten betalingsverkeer", {})
    book(33_333_333, "Onbekende Afzender", "zoals besproken", {})


def bookkeeping_of(ledger: BankLedger, seed: int) -> list[tuple]:
    """Return the payments a bookkeeping has of the same money: later, in one sum or in parts, or never."""
    dice = random.Random(seed)
    due: dict[str, int] = dict(ledger.amounts)
    owners = {row[0]: row[1] for row in ledger.invoices}
    rows = []
    for line in ledger.lines:
        for number, cents in ledger.truth[line.reference].items():
            booked = min(cents, due[number])
            due[number] -= booked
            parts = [booked // 2, booked - booked // 2] if dice.random() < 0.3 else [booked]
            for part in parts if dice.random() < 0.8 else []:
                day = line.day + timedelta(days=dice.randint(0, 5))
                rows.append((f"P{len(rows):04d}", owners[number], number, day, "EUR", money(part)))
    return [row for row in rows if row[-1] != "0.00"]


def money(cents: int) -> str:
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def write_camt(path: Path, statements: list[tuple[int, date, int, list[BookedLine]]]) -> Path:
    """Write statements as camt.053, version 2."""
    texts = []
    for number, day, opening, lines in statements:
        closing = opening + sum(line.cents for line in lines)
        texts.append(
            f"<Stmt><Id>S{number}</Id><ElctrncSeqNb>{number}</ElctrncSeqNb>"
            f"<CreDtTm>{day}T20:00:00</CreDtTm><Acct><Id><IBAN>{ACCOUNT}</IBAN></Id><Ccy>EUR</Ccy></Acct>"
            + _camt_balance("OPBD", opening, day)
            + _camt_balance("CLBD", closing, day)
            + "".join(map(_camt_entry, lines))
            + "</Stmt>"
        )
    path.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?><Document xmlns="{_CAMT}"><BkToCstmrStmt><GrpHdr>'
        f"<MsgId>M</MsgId><CreDtTm>2026-03-01T20:00:00</CreDtTm></GrpHdr>{''.join(texts)}"
        "</BkToCstmrStmt></Document>",
        encoding="utf-8",
    )
    return path


def _camt_balance(code: str, cents: int, day: date) -> str:
    return (
        f'<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{money(abs(cents))}</Amt>'
        f"<CdtDbtInd>{_side(cents)}</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>"
    )


def _camt_entry(line: BookedLine) -> str:
    party = "Dbtr" if line.cents > 0 else "Cdtr"
    return (
        f'<Ntry><Amt Ccy="EUR">{money(abs(line.cents))}</Amt><CdtDbtInd>{_side(line.cents)}</CdtDbtInd>'
        f"<Sts>BOOK</Sts><BookgDt><Dt>{line.day}</Dt></BookgDt><ValDt><Dt>{line.day}</Dt></ValDt>"
        f"<AcctSvcrRef>{line.reference}</AcctSvcrRef><NtryDtls><TxDtls><RltdPties><{party}>"
        f"<Nm>{escape(line.name)}</Nm></{party}></RltdPties><RmtInf><Ustrd>{escape(line.text)}</Ustrd></RmtInf>"
        "</TxDtls></NtryDtls></Ntry>"
    )


def write_mt940(path: Path, statements: list[tuple[int, date, int, list[BookedLine]]]) -> Path:
    """Write statements as MT940."""
    texts = []
    for number, day, opening, lines in statements:
        closing = opening + sum(line.cents for line in lines)
        texts.append(
            f":20:{number}\n:25:{ACCOUNT}\n:28C:{number}\n{_mt940_balance('60F', opening, day)}"
            + "".join(
                f":61:{line.day:%y%m%d}{line.day:%m%d}{'C' if line.cents > 0 else 'D'}"
                f"{money(abs(line.cents)).replace('.', ',')}NTRFNONREF//{line.reference}\n"
                f":86:/TRTP/SEPA OVERBOEKING/NAME/{line.name}/REMI/{line.text}/\n"
                for line in lines
            )
            + _mt940_balance("62F", closing, day)
            + "-\n"
        )
    path.write_text("".join(texts), encoding="ascii", newline="\r\n")
    return path


def _mt940_balance(tag: str, cents: int, day: date) -> str:
    return f":{tag}:{'C' if cents >= 0 else 'D'}{day:%y%m%d}EUR{money(abs(cents)).replace('.', ',')}\n"


def _side(cents: int) -> str:
    return "CRDT" if cents > 0 else "DBIT"
