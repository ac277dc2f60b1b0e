"""Ageing recomputed from the raw rows with loops and Decimal: slow, plain, no code of the product in it.

It is the oracle of the identities. It knows versions (which row of a key is valid), documents, instalments,
cancellations, money on account and conversion, for any as-of day and any moment of knowledge.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

Row = dict[str, object]
CENT = Decimal("0.01")
BUCKETS = ("not_due", "d1_30", "d31_60", "d61_90", "d90_plus")
KEYS = {
    "customers": ("customer_id",),
    "invoices": ("invoice_id",),
    "payments": ("payment_id", "invoice_id"),
    "instalments": ("invoice_id", "due_date"),
    "fx_rates": ("rate_date", "currency"),
}
WHOLE = {"instalments": ("invoice_id",)}


@dataclass
class File:
    """Rows as they stood in one file: no column missing, `None` where a cell is empty."""

    grain: str
    rows: list[Row]
    recorded_at: datetime
    source_date: date | None = None


@dataclass
class Version:
    rows: list[Row]
    valid_from: date


@dataclass
class Plain:
    """All files loaded so far, in the order they were loaded."""

    files: list[File] = field(default_factory=list)

    def valid(self, known_on: datetime | None = None) -> dict[str, list[Row]]:
        """Return the valid rows per grain: of a key the newest dated version, the later loaded on a tie."""
        versions: dict[str, dict[tuple[object, ...], Version]] = {grain: {} for grain in KEYS}
        for file in self.files:
            if known_on is not None and file.recorded_at > known_on:
                continue
            key = WHOLE.get(file.grain, KEYS[file.grain])
            sets: dict[tuple[object, ...], list[Row]] = {}
            for row in file.rows:
                sets.setdefault(tuple(row[name] for name in key), []).append(row)
            day = file.source_date or file.recorded_at.date()
            for name, rows in sets.items():
                held = versions[file.grain].get(name)
                if held is not None and _same(held.rows, rows):
                    held.valid_from = max(held.valid_from, day)
                elif held is None or day >= held.valid_from:
                    versions[file.grain][name] = Version(rows, day)
        return {
            grain: [row for held in sets.values() for row in held.rows] for grain, sets in versions.items()
        }

    def reporting_currency(self, known_on: datetime | None = None) -> str:
        """Return the commonest currency, the first by name on a tie; where nothing is converted."""
        facts = self.valid(known_on)
        count = Counter(str(row["currency"]) for row in facts["invoices"] + facts["payments"])
        return min(count, key=lambda name: (-count[name], name)) if count else "EUR"

    def ageing(
        self, as_of: date, known_on: datetime | None = None, currency: str | None = None
    ) -> dict[str, dict[str, Decimal]]:
        """Return per customer the amounts other than zero: the five buckets and `unapplied`.

        `currency` None converts to the reporting currency and leaves out what has no rate.
        """
        facts = self.valid(known_on)
        base = self.reporting_currency(known_on)
        result: dict[str, dict[str, Decimal]] = {}

        def add(customer: object, bucket: str, amount: Decimal | None) -> None:
            if amount:
                mine = result.setdefault(str(customer), {})
                mine[bucket] = mine.get(bucket, Decimal(0)) + amount

        def shown(amount: Decimal, own: object, day: object) -> Decimal | None:
            if currency is not None:
                return amount if own == currency else None
            rate = Decimal(1) if own == base else _rate(facts["fx_rates"], own, day)
            return None if rate is None else (amount * rate).quantize(CENT, ROUND_HALF_UP)

        documents = {row["invoice_id"]: row for row in facts["invoices"]}
        for document in documents.values():
            for due, open_amount in _open_parts(document, facts, as_of):
                bucket = _bucket((as_of - due).days)
                add(
                    document["customer_id"],
                    bucket,
                    shown(open_amount, document["currency"], document["invoice_date"]),
                )
        for payment in facts["payments"]:
            if payment["payment_date"] > as_of:
                continue
            document = documents.get(payment["invoice_id"])
            stands_on = (
                document is not None
                and document["currency"] == payment["currency"]
                and document["invoice_date"] <= as_of
            )
            if not stands_on:
                value = shown(payment["amount"], payment["currency"], payment["payment_date"])
                add(payment["customer_id"], "unapplied", -value if value else None)
        clean = {who: {b: a for b, a in mine.items() if a != 0} for who, mine in result.items()}
        return {who: mine for who, mine in clean.items() if mine}


def _same(left: list[Row], right: list[Row]) -> bool:
    return len(left) == len(right) and all(row in right for row in left)


def _bucket(days: int) -> str:
    for bucket, last in (("not_due", 0), ("d1_30", 30), ("d31_60", 60), ("d61_90", 90)):
        if days <= last:
            return bucket
    return "d90_plus"


def _rate(rates: list[Row], currency: object, day: object) -> Decimal | None:
    """Return the last rate on or before the day."""
    best = None
    for row in rates:
        is_usable = row["currency"] == currency and row["rate_date"] <= day
        if is_usable and (best is None or row["rate_date"] > best["rate_date"]):
            best = row
    return None if best is None else best["rate"]


def _due(document: Row, customers: list[Row]) -> date:
    if document["due_date"] is not None:
        return document["due_date"]
    if document["invoice_type"] == "credit_note":
        return document["invoice_date"]
    days = document["terms_days"]
    if days is None:
        days = next(
            (c["payment_terms_days"] for c in customers if c["customer_id"] == document["customer_id"]), None
        )
    return document["invoice_date"] + timedelta(days=30 if days is None else days)


def _open_parts(document: Row, facts: dict[str, list[Row]], as_of: date) -> list[tuple[date, Decimal]]:
    """Return (due date, open amount) of a document's parts at the end of the day, earliest part first."""
    if document["invoice_date"] > as_of:
        return []
    parts = sorted(
        (row["due_date"], row["amount"])
        for row in facts["instalments"]
        if row["invoice_id"] == document["invoice_id"] and row["amount"] != 0
    )
    fits = sum((amount for _, amount in parts), Decimal(0)) == document["amount"]
    one_sign = all((amount > 0) == (document["amount"] > 0) for _, amount in parts)
    if not parts or not fits or not one_sign:
        parts = [(_due(document, facts["customers"]), document["amount"])]
    paid = Decimal(0)
    for row in facts["payments"]:
        is_on_it = row["invoice_id"] == document["invoice_id"] and row["currency"] == document["currency"]
        if is_on_it and row["payment_date"] <= as_of:
            paid += row["amount"]
    paid -= recovered(document, facts["payments"], as_of)
    cancelled = document["cancelled_date"] is not None and document["cancelled_date"] <= as_of
    sign = 1 if document["amount"] > 0 else -1
    rest, result = paid * sign, []
    for number, (due, amount) in enumerate(parts):
        is_last = number == len(parts) - 1
        # Earliest first; what is paid beyond the last stays there, a refund beyond the first with the first.
        taken = rest if is_last or (rest < 0 and number == 0) else min(rest, amount * sign)
        rest -= taken
        result.append((due, (Decimal(0) if cancelled else amount) - taken * sign))
    return result


def recovered(document: Row, payments: list[Row], as_of: date) -> Decimal:
    """Return how much of its write-offs money that came later had taken back at the end of the day.

    No row of these ledgers says `waived`: a debt is waived where less than 5.00 is written off.
    """
    if document["invoice_type"] != "invoice":
        return Decimal(0)
    lines = sorted(
        (max(row["payment_date"], document["invoice_date"]), row["payment_date"], str(row["payment_id"]), row)
        for row in payments
        if row["invoice_id"] == document["invoice_id"] and row["currency"] == document["currency"]
    )
    written_off = taken_back = beyond = Decimal(0)  # beyond: came in and was more than what was written off
    money: list[tuple[Row, bool]] = []  # with whether it came after a write-off
    for applied, _paid, _name, row in lines:
        if applied > as_of:
            break
        if row["kind"] == "write_off":
            written_off += row["amount"]
        elif row["kind"] != "credit":
            is_after = written_off >= 5 or any(later for _row, later in money)
            if row["amount"] < 0 and money:
                _same, _place, is_after = max(
                    (earlier["amount"] == -row["amount"], place, later)
                    for place, (earlier, later) in enumerate(money)
                )
            elif row["amount"] > 0:
                money.append((row, is_after))
            lost = written_off if written_off >= 5 else Decimal(0)
            if is_after and row["amount"] > 0:
                taken = min(row["amount"], max(lost - taken_back, Decimal(0)))
                taken_back, beyond = taken_back + taken, beyond + row["amount"] - taken
            elif is_after:
                from_beyond = min(beyond, -row["amount"])
                beyond -= from_beyond
                taken_back = max(taken_back + row["amount"] + from_beyond, Decimal(0))
        taken_back = min(taken_back, written_off if written_off >= 5 else Decimal(0))
    return taken_back
