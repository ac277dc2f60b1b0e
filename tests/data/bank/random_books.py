"""Ledgers and bank entries drawn with the truth beside them; nothing here comes from the matcher.

Every payer decides what to pay first; only then is it written as a bank would, with what people get wrong.
"""

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from data.bank.books import BankBooks
from tests.data.bank.small_books import OURS, Row, books

START = date(2025, 1, 6)
WORDS = [
    "Noorder",
    "Zuider",
    "Wester",
    "Ooster",
    "Maas",
    "Rijn",
    "Linge",
    "Eem",
    "Vecht",
    "Berkel",
    "Elzen",
    "Linden",
    "Wilgen",
    "Zwanen",
    "Reiger",
    "Hooge",
]
TRADES = [
    "Bouw",
    "Techniek",
    "Transport",
    "Metaal",
    "Food",
    "Zuivel",
    "Advies",
    "Drukwerk",
    "Logistiek",
    "Elektro",
    "Sloopwerken",
    "Opslag",
]
FORMS = ["BV", "B.V.", "VOF", "N.V.", "Holding BV", ""]
STYLES = ["{y}-{n:04d}", "F1{y}-{n:06d}", "{y}{n:04d}", "INV-{y}-{n:05d}", "VF{yy}/{n:04d}", "{n:05d}", "{n}"]
COMMON = [9900, 12100, 24200, 4999]


@dataclass(eq=False)
class Bill:
    number: str
    customer: str
    day: date
    amount: int
    discount: tuple[int, int] | None = None
    original: str | None = None
    left: int = 0


@dataclass
class Drawn:
    """Books, and per entry what each invoice really gets (None: no invoice)."""

    documents: list[Row] = field(default_factory=list)
    entries: list[Row] = field(default_factory=list)
    customers: list[tuple[str, str, str]] = field(default_factory=list)
    accounts: list[tuple[str, str]] = field(default_factory=list)
    truth: dict[str, dict[str | None, int]] = field(default_factory=dict)
    equal: dict[str, tuple[str, int]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)

    def books(self, **more: Any) -> BankBooks:
        return books(
            self.entries,
            self.documents,
            customers=self.customers,
            accounts=self.accounts,
            own_accounts=OWN,
            **more,
        )


OWN = frozenset({"NL00KASS0000000002"})


def money(amount: int) -> str:
    sign = "-" if amount < 0 else ""
    return f"{sign}{abs(amount) // 100}.{abs(amount) % 100:02d}"


class World:
    def __init__(self, seed: int, customers: int, invoices: int) -> None:
        self.rng = random.Random(seed)
        self.drawn = Drawn()
        self.names: dict[str, str] = {}
        self.account: dict[str, str] = {}
        self.group: dict[str, list[str]] = defaultdict(list)
        self.open: dict[str, list[Bill]] = defaultdict(list)
        self.notes: dict[str, list[Bill]] = defaultdict(list)
        self.paid: list[tuple[str, Bill, int]] = []
        self.all_numbers: list[str] = []
        self.style = self.rng.choice(STYLES)
        self.serial = self.rng.choice([1, 100, 1000, 14_000])
        self.count = 0
        self._customers(customers)
        self._run(invoices)

    def _customers(self, count: int) -> None:
        rng, used = self.rng, []
        for place in range(count):
            place_name = rng.choice(WORDS) + rng.choice(["veen", "hoven", "drecht", "waard", "laar"])
            name = f"{place_name} {rng.choice(TRADES)}"
            if rng.random() < 0.03 and used:
                name = rng.choice(used)
            name = f"{name} {rng.choice(FORMS)}".strip()
            used.append(name)
            customer = f"D{1000 + place}"
            group = f"G{rng.randrange(4)}" if rng.random() < 0.15 else ""
            self.names[customer] = name
            self.account[customer] = f"NL{rng.randrange(10, 99)}TEST{rng.randrange(10**9, 10**10)}"
            if group:
                self.group[group].append(customer)
            self.drawn.customers.append((customer, name, group))
            if rng.random() < 0.5:
                self.drawn.accounts.append((self.account[customer], customer))

    def _run(self, invoices: int) -> None:
        rng = self.rng
        days = max(invoices // 12, 30)
        due: dict[date, list[str]] = defaultdict(list)
        for step in range(days + 40):
            day = START + timedelta(days=step)
            if step < days:
                for _ in range(invoices // days + 1):
                    bill = self._bill(day)
                    due[day + timedelta(days=rng.randrange(1, 40))].append(bill.customer)
                    if rng.random() < 0.04:
                        self._note(bill, day + timedelta(days=rng.randrange(0, 3)))
            for customer in due.pop(day, []):
                self._pay(customer, day)
            if rng.random() < 0.3:
                self._other_money(day)
            if rng.random() < 0.03:
                self._twice(day)
            if rng.random() < 0.05:
                self._comes_back(day)

    def _bill(self, day: date) -> Bill:
        rng = self.rng
        customer = rng.choice(
            list(self.names)[: max(len(self.names) // 3, 2)] if rng.random() < 0.5 else list(self.names)
        )
        self.serial += 1
        number = self.style.format(y=day.year, yy=day.year % 100, n=self.serial)
        amount = rng.choice(COMMON) if rng.random() < 0.25 else int(rng.lognormvariate(11, 1.2)) + 100
        discount = (2, 8) if int(customer[1:]) % 5 == 0 else None
        bill = Bill(number, customer, day, amount, discount, left=amount)
        self.open[customer].append(bill)
        self.all_numbers.append(number)
        row: Row = {
            "document_id": number, "customer_id": customer, "entity": "", "currency": "EUR",
            "invoice_type": "invoice", "invoice_date": day, "due_date": day + timedelta(days=30),
            "amount": money(amount),
        }  # fmt: skip
        if discount:
            row |= {"discount_percent": str(discount[0]), "discount_days": discount[1]}
        self.drawn.documents.append(row)
        self.drawn.equal[number] = (customer, amount)
        return bill

    def _note(self, bill: Bill, day: date) -> None:
        self.serial += 1
        number = self.style.format(y=day.year, yy=day.year % 100, n=self.serial)
        amount = bill.amount // self.rng.choice([2, 3, 4, 10])
        if not amount:
            return
        self.notes[bill.customer].append(Bill(number, bill.customer, day, amount, original=bill.number))
        self.all_numbers.append(number)
        self.drawn.documents.append(
            {
                "document_id": number, "customer_id": bill.customer, "entity": "", "currency": "EUR",
                "invoice_type": "credit_note", "invoice_date": day, "due_date": day, "amount": money(-amount),
                "original_invoice_id": bill.number,
            }
        )  # fmt: skip

    def _pay(  # noqa: C901, PLR0912, PLR0915 - one way to pay after the other
        self, customer: str, day: date
    ) -> None:
        rng = self.rng
        bills = [bill for bill in self.open[customer] if bill.day <= day and bill.left > 0]
        if not bills:
            return
        first = bills[0]
        notes = [note for note in self.notes[customer] if note.original == first.number and note.day <= day]
        roll = rng.random()
        if notes:
            note = notes[0]
            self.notes[customer].remove(note)
            if note.amount < first.left:
                pays, kind, numbers = {first: first.left - note.amount}, "credit", [first.number]
                first.left -= note.amount
            else:
                return
        elif (
            first.discount
            and first.left == first.amount
            and day <= first.day + timedelta(days=first.discount[1])
        ):
            cut = (first.amount * first.discount[0] + 50) // 100
            pays, kind, numbers = {first: first.left - cut}, "discount", [first.number]
            first.left -= cut
        elif roll < 0.05 and len(bills) > 2:
            # All that is due, but for what is disputed; nothing says which.
            several = [bill for bill in bills if rng.random() < 0.85] or bills
            pays, kind, numbers = {bill: bill.left for bill in several}, "sweep", []
        elif roll < 0.14 and len(bills) > 1:
            several = bills[: rng.randrange(2, 6)]
            pays, kind, numbers = (
                {bill: bill.left for bill in several},
                "several",
                [bill.number for bill in several],
            )
        elif roll < 0.17 and first.left > 5000:
            part = first.left // rng.choice([2, 3])
            pays, kind, numbers = {first: part}, "part", [first.number]
        elif roll < 0.19:
            wrong = max(first.left - rng.choice([9, 90, 100, 900]), 1)
            pays, kind, numbers = {first: wrong}, "wrong", [first.number]
        elif roll < 0.21 and len(bills) > 1 and bills[1].left > 100:
            short = rng.choice([1, 2, 5, 60])
            pays = {first: first.left, bills[1]: bills[1].left - short}
            kind, numbers = "short", [first.number, bills[1].number]
        elif roll < 0.22 and first.left > 10_000:
            charge = rng.choice([750, 1250, 1500])
            pays, kind, numbers = {first: first.left - charge}, "charge", [first.number]
        else:
            pays, kind, numbers = {first: first.left}, "single", [first.number]
        payer = customer
        groups = [members for members in self.group.values() if customer in members]
        if groups and rng.random() < 0.3:
            payer = rng.choice(groups[0])
        text = self._text(numbers, kind)
        if kind == "charge" and rng.random() < 0.7:
            text += f" KOSTEN EUR {money(charge).replace('.', ',')}"
        entry = self._entry(
            day, sum(pays.values()), text, payer, {bill.number: paid for bill, paid in pays.items()}, kind
        )
        for bill, paid in pays.items():
            self.paid.append((entry, bill, paid))
            bill.left -= paid
            if kind == "charge":
                bill.left = 0
        self.open[customer] = [bill for bill in self.open[customer] if bill.left > 0]

    def _text(  # noqa: C901, PLR0912 - one way to write after the other
        self, numbers: list[str], kind: str
    ) -> str:
        rng = self.rng
        if kind == "sweep":
            return rng.choice(["zie specificatie", "", "betaalrun", "openstaande posten"])
        if rng.random() < 0.15:
            return rng.choice(["betaling", "", "Conform afspraak", "uw factuur", "overboeking maart"])
        written = []
        for number in numbers:
            how = rng.random()
            if how < 0.5:
                written.append(number)
            elif how < 0.62:
                written.append(number.replace("-", "").replace("/", ""))
            elif how < 0.7:
                written.append(number.replace("-", " ").lower())
            elif how < 0.76:
                written.append(number.lstrip("INVF-"))
            elif how < 0.82:
                written.append(number.split("-")[-1])
            elif how < 0.9 and len(number) > 5:
                place = rng.randrange(1, len(number) - 1)
                sign = rng.choice("0123456789")
                written.append(
                    rng.choice(
                        [
                            number[:place] + sign + number[place + 1 :],
                            number[:place] + number[place + 1] + number[place] + number[place + 2 :],
                            number[:place] + number[place + 1 :],
                            number[:place] + number[place] + number[place:],
                        ]
                    )
                )
            else:
                written.append(number)
        text = rng.choice([", ", " ", " en ", "/", " + "]).join(written)
        text = rng.choice(["", "Factuur ", "fact.nr. ", "Betaling ", "inv "]) + text
        noise = rng.random()
        if noise < 0.08:
            text += f" tel 06-{rng.randrange(10**7, 10**8)}"
        elif noise < 0.16:
            text += f" d.d. {rng.randrange(1, 28):02d}-{rng.randrange(1, 13):02d}-2025"
        elif noise < 0.22:
            text = f"{rng.randrange(1000, 9999)} {rng.choice(['AB', 'KL', 'XZ'])} Utrecht {text}"
        elif noise < 0.28:
            text += f" ons kenmerk {rng.choice([rng.choice(self.all_numbers), rng.randrange(1000, 99999)])}"
        elif noise < 0.3:
            text += f" klantnr {rng.randrange(1000, 9999)}"
        if kind == "part" and rng.random() < 0.5:
            text = "Deelbetaling " + text
        return text

    def _entry(  # noqa: PLR0917 - the columns of an entry
        self,
        day: date,
        amount: int,
        text: str,
        payer: str | None,
        truth: dict[str | None, int],
        kind: str,
        **more: Any,
    ) -> str:
        rng = self.rng
        self.count += 1
        entry = f"E{self.count:06d}"
        name = self.names.get(payer or "", "")
        how = rng.random()
        if payer and how < 0.1:
            name = name.upper()[:24]
        elif payer and how < 0.15:
            name = name.replace(" BV", "").replace(" B.V.", "")
        elif payer and how < 0.16:
            text, name = f"{text} namens {name}", "Bewindvoering Noord"
        elif payer and how < 0.17:
            text, name = f"{text} debiteur {payer}", "Holding Zuid"
        elif payer and how < 0.19:
            name = rng.choice(["J. de Vries", "Stichting Derdengelden", "Mw P Jansen", ""])
        account = self.account.get(payer or "", "")
        if rng.random() < 0.05:
            account = f"NL{rng.randrange(10, 99)}NEWB{rng.randrange(10**9, 10**10)}"
        row: Row = {
            "account": OURS, "entry_id": entry, "entry_date": day, "currency": "EUR", "amount": money(amount),
            "counterparty": name or None, "description": text or None,
            "counterparty_account": account or None,
        }  # fmt: skip
        self.drawn.entries.append(row | more)
        self.drawn.truth[entry] = truth
        self.drawn.kinds[entry] = kind
        return entry

    def _twice(self, day: date) -> None:
        whole = [(bill, paid) for _entry, bill, paid in self.paid[-30:] if paid == bill.amount]
        if whole:
            bill, paid = self.rng.choice(whole)
            self._entry(day, paid, self._text([bill.number], "twice"), bill.customer, {None: paid}, "twice")

    def _comes_back(self, day: date) -> None:
        if not self.paid:
            return
        entry, bill, paid = self.paid.pop(self.rng.randrange(max(len(self.paid) - 20, 0), len(self.paid)))
        [row] = [row for row in self.drawn.entries if row["entry_id"] == entry]
        if row["amount"] != money(paid) or bill.left:
            return
        self._entry(
            day,
            -paid,
            f"STORNO {bill.number}",
            bill.customer,
            {bill.number: -paid},
            "return",
            return_reason="AM04",
        )
        bill.left = paid
        self.open[bill.customer] = [bill, *self.open[bill.customer]]

    def _other_money(self, day: date) -> None:
        rng = self.rng
        roll = rng.randrange(5)
        amount = rng.choice(COMMON) if rng.random() < 0.3 else rng.randrange(1000, 500_000)
        bills = [bill for bills in self.open.values() for bill in bills]
        if bills and rng.random() < 0.3:
            amount = rng.choice(bills).left
        if roll == 0:
            row = {"counterparty": "Stichting Mollie Payments"}
            text = f"Mollie uitbetaling {rng.randrange(10**6)}"
        elif roll == 1:
            row, text = {"counterparty_account": "NL00KASS0000000002", "counterparty": "Wij"}, "Overboeking"
        elif roll == 2:
            row, text = {"counterparty": "Belastingdienst"}, f"Teruggaaf {rng.randrange(10**6, 10**7)}"
        elif roll == 3:
            row = {"counterparty": f"{rng.choice(WORDS)} Verzekeringen"}
            dossier = rng.choice(self.all_numbers or ["1"])
            text = f"Uitkering polis {rng.randrange(10**5, 10**7)} dossier {dossier}"
        else:
            row, text = {"counterparty": "J. Pietersen"}, f"Verkoop bestelbus {rng.randrange(1000, 9999)} AB"
        self._entry(day, amount, text, None, {None: amount}, "other", **row)


def draw(seed: int, customers: int = 40, invoices: int = 400) -> Drawn:
    return World(seed, customers, invoices).drawn
