"""Ledgers and bank files unlike a Dutch wholesaler's, each with the truth beside it.

They are made by a recipe of their own: nothing here knows how cash is applied.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from benchmarks.cash_scores import TrueEntry
from data.bank.books import BankBooks
from tests.data.bank.small_books import OURS, Row, books

START = date(2026, 1, 1)
SURNAMES = (
    "de Vries", "Jansen", "Bakker", "Visser", "Smit", "Meijer", "Mulder", "de Boer", "Bos", "Vos", "Peters",
    "Hendriks", "van Dijk", "van den Berg", "Dekker", "Brouwer", "de Wit", "Dijkstra", "Smits", "de Graaf",
)  # fmt: skip
CHILDREN = ("Emma", "Noah", "Julia", "Liam", "Mila", "Sem", "Tess", "Finn", "Sara", "Daan", "Zoë", "Lucas")


@dataclass
class Ledger:
    """What was billed and what came in, gathered row by row; cents."""

    seed: int
    customers: list[tuple[str, str, str]] = field(default_factory=list)
    documents: dict[str, Row] = field(default_factory=dict)
    entries: list[Row] = field(default_factory=list)
    truth: list[TrueEntry] = field(default_factory=list)
    accounts: list[tuple[str, str]] = field(default_factory=list)
    ibans: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)

    def customer(self, customer: str, name: str, group: str = "", *, known: bool = False) -> str:
        self.customers.append((customer, name, group))
        self.ibans[customer] = f"NL{len(self.customers) % 90 + 10}POLD{len(self.customers):010}"
        if known:
            self.accounts.append((self.ibans[customer], customer))
        return customer

    def invoice(self, number: str, customer: str, day: date, cents: int, **more: object) -> str:
        self.documents[number] = {
            "document_id": number, "customer_id": customer, "entity": "", "currency": "EUR",
            "invoice_type": "invoice" if cents >= 0 else "credit_note", "invoice_date": day,
            "due_date": day + timedelta(days=14), "amount": str(Decimal(cents) / 100), **more,
        }  # fmt: skip
        return number

    def cents(self, number: str) -> int:
        return int(Decimal(self.documents[number]["amount"]) * 100)

    def pay(
        self,
        day: date,
        customer: str,
        numbers: list[str],
        text: str,
        cents: int | None = None,
        **more: object,
    ) -> None:
        """Pay invoices whole with one entry, or with other cents: the last one then gets what is left."""
        entry_id = f"{day}/{len(self.entries):06}"
        whole = {number: self.cents(number) for number in numbers}
        total = sum(whole.values()) if cents is None else cents
        left, pays = total, {}
        for number, own in whole.items():
            pays[number] = min(own, left)
            left -= pays[number]
        name = next(name for known, name, _ in self.customers if known == customer)
        row = {"counterparty": name, "counterparty_account": self.ibans[customer], **more}
        self.entries.append(
            {
                "account": OURS,
                "entry_id": entry_id,
                "entry_date": day,
                "currency": "EUR",
                "amount": str(Decimal(total) / 100),
                "description": text,
                **row,
            }
        )
        self.truth.append(TrueEntry(OURS, entry_id, day, total, customer, "receipt", pays))

    def made(self) -> tuple[BankBooks, list[TrueEntry]]:
        """Return the books and the truth in the order of the entries."""
        order = sorted(self.truth, key=lambda entry: (entry.day, entry.account, entry.entry_id))
        made = books(
            self.entries, list(self.documents.values()), customers=self.customers, accounts=self.accounts
        )
        return made, order


def month_day(month: int, day: int) -> date:
    """Return a day of the month that comes so many months after the start."""
    return date(START.year + month // 12, month % 12 + 1, day)


def utility(seed: int) -> Ledger:
    """Everybody pays the same advance each month; most name their number, some a wrong invoice.

    Numbers of customers and of invoices overlap: a customer's number is somebody else's invoice.
    """
    ledger = Ledger(seed)
    draw, number = ledger.random, 10_000
    people = [
        ledger.customer(
            f"{10_300 + place}",
            f"{draw.choice('ABCDEFGHJ')}. {draw.choice(SURNAMES)}",
            known=draw.random() < 0.5,
        )
        for place in range(300)
    ]
    for month in range(4):
        for customer in people:
            number += 1
            ledger.invoice(str(number), customer, month_day(month, 1), 8_900)
            day = month_day(month, draw.randint(5, 27))
            wrong = str(number + draw.choice((-10, 10, -1, 1, 100)))
            texts = [
                (0.35, f"klantnummer {customer}"),
                (0.30, f"factuur {number}"),
                (0.20, f"termijn {day:%m-%Y} klant {customer}"),
                (0.03, f"factuur {wrong}"),
                (0.12, "voorschot energie"),
            ]
            [text] = draw.choices([text for _, text in texts], [share for share, _ in texts])
            if draw.random() < 0.94:
                ledger.pay(day, customer, [str(number)], text)
    return ledger


def budget_managers(seed: int) -> Ledger:
    """An office pays for many people from one account of its own, and names the person only."""
    ledger = Ledger(seed)
    draw = ledger.random
    clients = [
        ledger.customer(f"K{place:04}", f"{draw.choice('ABCDEFGHJ')}. {draw.choice(SURNAMES)}")
        for place in range(60)
    ]
    offices = ("NL11ZWBK0000000071", "NL12ZWBK0000000072")
    for month in range(5):
        for place, client in enumerate(clients):
            number = ledger.invoice(
                f"2026{month:02}{place:04}", client, month_day(month, 1), draw.choice((4_500, 6_000, 8_900))
            )
            if draw.random() < 0.9:
                name = ledger.customers[place][1]
                office = offices[place % 2]
                text = f"inz. {name}" if draw.random() < 0.7 else f"{number} {name}"
                ledger.pay(
                    month_day(month, draw.randint(3, 25)), client, [number], text,
                    counterparty="Stichting Budgetbeheer Oost", counterparty_account=office,
                )  # fmt: skip
    return ledger


def school(seed: int) -> Ledger:
    """Families, many of one name; parents pay under another name, and write the name of the child."""
    ledger = Ledger(seed)
    draw = ledger.random
    for place in range(200):
        surname = draw.choice(SURNAMES)
        family = ledger.customer(f"L{place:03}", f"Fam. {surname}", known=draw.random() < 0.2)
        children = draw.sample(CHILDREN, draw.choice((1, 1, 2)))
        fees = [
            (ledger.invoice(f"S26{place:03}{child:01}{part}", family, month_day(part, 5), fee), name)
            for child, name in enumerate(children)
            for part, fee in enumerate((12_500, 12_500, 4_250))
        ]
        payer = f"{draw.choice('ABCDEFG')} {draw.choice((surname, draw.choice(SURNAMES)))}"
        for part in range(3):
            own = [(number, name) for number, name in fees if number.endswith(str(part))]
            if draw.random() < 0.08:
                continue
            day = month_day(part, draw.randint(8, 28))
            names = " en ".join(name for _, name in own)
            text = draw.choice(
                (f"schoolgeld {names} {surname}", f"ouderbijdrage {names}", " ".join(n for n, _ in own), "")
            )
            ledger.pay(day, family, [number for number, _ in own], text, counterparty=payer)
    return ledger


def rent(seed: int) -> Ledger:
    """The same rent each month, raised in July; some skip a month, pay two at once, or the old rent."""
    ledger = Ledger(seed)
    draw = ledger.random
    for place in range(150):
        tenant = ledger.customer(
            f"H{place:03}", f"{draw.choice('ABCDEFGHJ')}. {draw.choice(SURNAMES)}", known=True
        )
        old = draw.choice((65_000, 72_500, 81_050, 94_000))
        behind: list[str] = []
        for month in range(9):
            new = old if month < 6 else old * 103 // 100
            number = ledger.invoice(f"26{month + 1:02}{place:04}", tenant, month_day(month, 1), new)
            behind.append(number)
            how = draw.random()
            day = month_day(month, draw.randint(2, 28))
            if how < 0.05:
                continue
            if how < 0.10 and month >= 6:
                ledger.pay(day, tenant, behind[:1], f"huur {day:%B}", old)
                behind = behind[1:]
            elif how < 0.5:
                ledger.pay(day, tenant, behind, f"huur t/m {day:%m/%Y}")
                behind = []
            else:
                ledger.pay(day, tenant, behind[:1], draw.choice(("huur", f"huur {place} bis", behind[0])))
                behind = behind[1:]
    return ledger


def date_like_numbers(seed: int) -> Ledger:
    """Invoice numbers that look like days, years, postcodes and amounts, and texts full of these."""
    ledger = Ledger(seed)
    draw = ledger.random
    for place in range(80):
        ledger.customer(f"C{place}", f"{draw.choice(SURNAMES)} Trading {place}", known=place % 2 == 0)
    days = [START + timedelta(days=place) for place in range(150)]
    for place, day in enumerate(days):
        for which in range(3):
            customer = f"C{draw.randrange(80)}"
            number = {0: f"{day:%Y%m%d}", 1: f"{1_000 + place * 7}", 2: f"{2_000 + place}"}[which]
            cents = draw.choice((100_000, 125_000, 201_600, 202_600, 5_000))
            if number in ledger.documents:
                continue
            ledger.invoice(number, customer, day, cents)
            if draw.random() < 0.9:
                paid = day + timedelta(days=draw.randint(10, 40))
                noise = draw.choice(
                    (
                        f"dd {paid:%Y%m%d}",
                        f"{draw.randint(1000, 2400)} AB Ede",
                        f"Dorpsstraat {draw.randint(1000, 2100)}",
                        f"EUR {cents // 100}",
                        f"boekjaar {day:%Y}",
                        f"order {draw.randint(1000, 2100)}",
                    )
                )
                text = f"{noise} {number}" if draw.random() < 0.5 else noise
                ledger.pay(paid, customer, [number], text)
    return ledger


def restart_each_year(seed: int) -> Ledger:
    """Numbers that begin anew each year (123/2025, FT 123/A), in Italian, French, German and Polish words."""
    ledger = Ledger(seed)
    draw = ledger.random
    for place in range(60):
        ledger.customer(
            f"X{place}",
            f"{draw.choice(SURNAMES)} {draw.choice(('S.r.l.', 'GmbH', 'SARL', 'Sp. z o.o.'))} {place}",
        )
    for year in (2025, 2026):
        for place in range(250):
            customer = f"X{draw.randrange(60)}"
            day = date(year, 1, 1) + timedelta(days=place)
            number = ledger.invoice(f"{place + 1}/{year}", customer, day, draw.randint(30, 90) * 1_000)
            if draw.random() < 0.95:
                paid = day + timedelta(days=draw.choice((20, 35, 60, 200)))
                text = draw.choice(
                    (
                        f"FT {place + 1}/A DEL {day:%d.%m.%Y}",
                        f"Facture n° {place + 1} du {day:%d/%m/%Y}",
                        f"RG {number} vom {day:%d.%m.%y}",
                        f"FV {place + 1}/{day:%y}",
                        f"saldo fattura {number}",
                        f"{place + 1}",
                    )
                )
                ledger.pay(paid, customer, [number], text)
    return ledger


def wholesale(seed: int) -> Ledger:
    """Customers with some forty open invoices of round amounts; lists are cut off, or there are none."""
    ledger = Ledger(seed)
    draw = ledger.random
    running = 700_000
    for place in range(25):
        customer = ledger.customer(f"W{place}", f"Cash en Carry {SURNAMES[place % 20]} {place}", known=True)
        open_numbers: list[str] = []
        for week in range(16):
            for _ in range(draw.randint(6, 12)):
                running += draw.randint(1, 9)
                day = START + timedelta(days=7 * week + draw.randint(0, 4))
                open_numbers.append(ledger.invoice(str(running), customer, day, draw.randint(8, 60) * 500))
            if week % 4 == 3:
                paid = [number for number in open_numbers if draw.random() < 0.9]
                open_numbers = [number for number in open_numbers if number not in paid]
                text = draw.choice(
                    (" ".join(paid)[:140], "zie specificatie", "betaling", " ".join(paid)[:140])
                )
                ledger.pay(START + timedelta(days=7 * week + 6), customer, paid, text)
            elif draw.random() < 0.4 and len(open_numbers) > 6:
                paid = draw.sample(open_numbers, draw.choice((2, 3, 4, 5)))
                open_numbers = [number for number in open_numbers if number not in paid]
                ledger.pay(
                    START + timedelta(days=7 * week + 6),
                    customer,
                    paid,
                    draw.choice(("betaling", "diverse facturen")),
                )
    return ledger


def subscriptions(seed: int) -> Ledger:
    """9.99 or 19.99 a month; people pay three months at once, or name an order of another shop."""
    ledger = Ledger(seed)
    draw = ledger.random
    for place in range(250):
        name = f"{draw.choice('ABCDEFGHJ')} {draw.choice(SURNAMES)}"
        customer = ledger.customer(f"{500_000 + place}", name, known=draw.random() < 0.3)
        fee = draw.choice((999, 1_999))
        months = [
            ledger.invoice(f"{26_000_000 + month * 1_000 + place}", customer, month_day(month, 3), fee)
            for month in range(6)
        ]
        how = draw.random()
        if how < 0.3:
            for part in (months[:3], months[3:]):
                last = ledger.documents[part[-1]]["invoice_date"]
                ledger.pay(
                    last + timedelta(days=draw.randint(1, 9)), customer, part, f"abonnement {customer}"
                )
            continue
        for month, number in enumerate(months):
            if draw.random() < 0.07:
                continue
            text = draw.choice(
                (
                    number,
                    f"abo {customer}",
                    f"lidmaatschap {month_day(month, 1):%m}",
                    f"order {draw.randint(26_000_000, 26_005_250)}",
                )
            )
            day = month_day(month, draw.randint(4, 27))
            ledger.pay(day, customer, [number], text)
    return ledger


LEDGERS: dict[str, Callable[[int], Ledger]] = {
    "utility": utility,
    "budget managers": budget_managers,
    "school": school,
    "rent": rent,
    "date-like numbers": date_like_numbers,
    "numbers that restart each year": restart_each_year,
    "wholesale": wholesale,
    "subscriptions": subscriptions,
}
