"""The figures recomputed from raw rows with loops: slow, plain, and sharing no code with the product.

One currency, no corrections; documents, instalments, cancellations, money on account, follow-up, bills.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

Row = dict[str, object]
ZERO = Decimal(0)
BUCKETS = ("not_due", "d1_30", "d31_60", "d61_90", "d90_plus")


@dataclass
class Part:
    """A document, or one instalment of it: what moved its open amount, by day."""

    document: Row
    due: date
    moves: list[tuple[date, date, str, Decimal]] = field(
        default_factory=list
    )  # counts from, on paper, kind, amount

    def open_on(self, day: date) -> Decimal:
        return sum((amount for since, _, _, amount in self.moves if since <= day), ZERO)

    def closed_on(self, day: date) -> date | None:
        """The first day since when nothing has been open without a break, if nothing is open on the day."""
        if self.open_on(day) > 0:
            return None
        days = sorted({since for since, _, _, _ in self.moves if since <= day}, reverse=True)
        closed = None
        for one in days:
            if self.open_on(one) > 0:
                break
            closed = one
        return closed


class Books:
    """Everything of a small company, as read from its files."""

    def __init__(self, **facts: list[Row]) -> None:
        self.invoices = facts["invoices"]
        self.payments = facts["payments"]
        self.promises = facts.get("promises", [])
        self.disputes = facts.get("disputes", [])
        self.bills = facts.get("bills", [])
        self.segment = {row["customer_id"]: row["segment"] or "" for row in facts.get("customers", [])}
        documents = {row["invoice_id"]: row for row in self.invoices}
        self.lines: dict[object, list[Row]] = defaultdict(list)
        self.account: list[tuple[date, date | None, Decimal]] = []  # from, until, amount
        for payment in self.payments:
            document = documents.get(payment["invoice_id"])
            if document is None:
                self.account.append((payment["payment_date"], None, payment["amount"]))
                continue
            self.lines[payment["invoice_id"]].append(payment)
            if payment["payment_date"] < document["invoice_date"]:
                self.account.append((payment["payment_date"], document["invoice_date"], payment["amount"]))
        schedule: dict[object, list[tuple[date, Decimal]]] = defaultdict(list)
        for row in facts.get("instalments", []):
            schedule[row["invoice_id"]].append((row["due_date"], row["amount"]))
        self.parts = [
            part for row in self.invoices for part in self._parts(row, sorted(schedule[row["invoice_id"]]))
        ]

    def _parts(self, document: Row, schedule: list[tuple[date, Decimal]]) -> list[Part]:
        begun = document["invoice_date"]
        dues = schedule or [(document["due_date"], document["amount"])]
        parts = []
        for due, amount in dues:
            part = Part(document, due, [(begun, begun, document["invoice_type"], amount)])
            if document["cancelled_date"]:
                since = max(document["cancelled_date"], begun)
                part.moves.append((since, document["cancelled_date"], "cancellation", -amount))
            parts.append(part)
        left = [amount for _, amount in dues]
        order = sorted(
            self.lines[document["invoice_id"]],
            key=lambda row: (max(row["payment_date"], begun), row["payment_date"], row["payment_id"]),
        )
        for row in order:
            rest = row["amount"]
            for number, part in enumerate(parts):
                taken = rest if number == len(parts) - 1 else min(rest, left[number])
                if taken:
                    left[number] -= taken
                    rest -= taken
                    since = max(row["payment_date"], begun)
                    part.moves.append((since, row["payment_date"], row["kind"] or "payment", -taken))
        return parts

    def open_parts(self, day: date) -> list[tuple[Part, Decimal]]:
        pairs = [(part, part.open_on(day)) for part in self.parts if part.document["invoice_date"] <= day]
        return [(part, amount) for part, amount in pairs if amount != 0]

    def unapplied(self, day: date) -> Decimal:
        return -sum(
            (
                amount
                for since, until, amount in self.account
                if since <= day and (until is None or day < until)
            ),
            ZERO,
        )

    def billings(self, after: date, until: date) -> Decimal:
        total = ZERO
        for row in self.invoices:
            if after < row["invoice_date"] <= until:
                total += row["amount"]
            cancelled = row["cancelled_date"]
            if cancelled and after < max(cancelled, row["invoice_date"]) <= until:
                total -= row["amount"]
        return total

    def countback(self, day: date) -> float:
        rest = sum((amount for _, amount in self.open_parts(day)), ZERO)
        if rest <= 0:
            return 0.0
        first = min(row["invoice_date"] for row in self.invoices if row["invoice_type"] == "invoice")
        walked, end = 0, day
        while end >= first:
            begin = end.replace(day=1)
            days = (end - begin).days + 1
            billed = self.billings(begin - timedelta(days=1), end)
            if billed > 0 and billed >= rest:
                return walked + float(rest / billed) * days
            rest -= billed
            walked += days
            end = begin - timedelta(days=1)
        return float(walked)

    def kpi(self, day: date) -> dict[str, object]:
        """Return every column of `kpi`."""
        quarter, year = day - timedelta(days=90), day - timedelta(days=365)
        month = day.replace(day=1) - timedelta(days=1)
        pairs = self.open_parts(day)
        total = sum((amount for _, amount in pairs), ZERO)
        owing = [
            (part, amount)
            for part, amount in pairs
            if amount > 0 and part.document["invoice_type"] == "invoice"
        ]
        on_invoices = sum((amount for _, amount in owing), ZERO)
        overdue = sum((amount for part, amount in owing if (day - part.due).days > 0), ZERO)
        over_90 = sum((amount for part, amount in owing if (day - part.due).days > 90), ZERO)
        owed: dict[object, Decimal] = defaultdict(lambda: ZERO)
        for part, amount in owing:
            owed[part.document["customer_id"]] += amount
        top10 = sum(sorted(owed.values(), reverse=True)[:10], ZERO)
        billings_90, billings_365 = self.billings(quarter, day), self.billings(year, day)
        opening = sum((amount for _, amount in self.open_parts(month)), ZERO)
        month_billings = self.billings(month, day)
        year_open = sum((amount for _, amount in self.open_parts(year)), ZERO) + self.unapplied(year)
        receivables = total + self.unapplied(day)
        paid, to_pay, late = self._paid(quarter, day)
        fell, on_time = self._on_time(quarter, day)
        return {
            "as_of": day,
            "receivables": receivables,
            "open_amount": total,
            "unapplied": self.unapplied(day),
            "overdue": overdue,
            "overdue_share": _ratio(overdue, on_invoices),
            "d90_plus_share": _ratio(over_90, on_invoices),
            "top10_share": _ratio(top10, on_invoices),
            "dso_countback": self.countback(day),
            "dso_balance_90": _ratio(max(total, ZERO) * 90, billings_90),
            "best_possible_dso": _ratio(max(total - overdue, ZERO) * 90, billings_90),
            "average_days_delinquent": _ratio(
                (max(total, ZERO) - max(total - overdue, ZERO)) * 90, billings_90
            ),
            "cei": _ratio(
                max(opening + month_billings - total, ZERO) * 100,
                opening + month_billings - (total - overdue),
            )
            if month_billings > 0
            else None,
            "days_to_pay": _ratio(to_pay, paid),
            "days_late": _ratio(late, paid),
            "days_to_pay_with_open": _median(self.ages(day, from_due=False)),
            "days_late_with_open": _median(self.ages(day, from_due=True)),
            "on_time_share": _ratio(on_time, fell),
            "ar_turnover": _ratio(billings_365 * 2, year_open + receivables),
            **self._promises(day),
            **self._disputes(day, billings_90),
            **self._bills(day),
            "dio": None,
            "cash_conversion_cycle": None,
            "billings_90": billings_90,
            "billings_365": billings_365,
        }

    def _paid(self, after: date, day: date) -> tuple[Decimal, Decimal, Decimal]:
        amount = to_pay = late = ZERO
        for part in self.parts:
            if part.document["invoice_type"] != "invoice":
                continue
            for since, on_paper, kind, moved in part.moves:
                if kind == "payment" and after < on_paper <= day and since <= day:
                    amount -= moved
                    to_pay -= moved * (on_paper - part.document["invoice_date"]).days
                    late -= moved * (on_paper - part.due).days
        return amount, to_pay, late

    def _on_time(self, after: date, day: date) -> tuple[Decimal, Decimal]:
        fell = on_time = ZERO
        for part in self.parts:
            if part.document["invoice_type"] != "invoice" or not after < part.due <= day:
                continue
            # What is due before its own date is billed late all the same: judged by the day on the paper.
            by_due = [
                (kind, amount)
                for since, on_paper, kind, amount in part.moves
                if kind == "invoice" or (since if kind == "cancellation" else on_paper) <= part.due
            ]
            due = sum((amount for kind, amount in by_due if kind in ("invoice", "cancellation")), ZERO)
            settled = -sum(
                (amount for kind, amount in by_due if kind not in ("invoice", "cancellation")), ZERO
            )
            fell += due
            on_time += min(due, max(ZERO, settled))
        return fell, on_time

    def ages(self, day: date, *, from_due: bool) -> list[tuple[int, bool]]:
        """Return (age, closed) of the invoices issued in the 365 days; open ones have the day's age."""
        result = []
        for part in self.parts:
            begun = part.document["invoice_date"]
            if part.document["invoice_type"] == "invoice" and day - timedelta(days=365) < begun <= day:
                closed = part.closed_on(day)
                result.append(
                    (((closed or day) - (part.due if from_due else begun)).days, closed is not None)
                )
        return result

    def _promises(self, day: date) -> dict[str, object]:
        known = {row["invoice_id"] for row in self.invoices}
        due = kept = 0
        due_amount = kept_amount = ZERO
        for row in self.promises:
            if row["invoice_id"] not in known or row["promised_date"] > day or row["made_date"] > day:
                continue
            settled = ZERO
            for line in self.lines[row["invoice_id"]]:
                if (
                    row["made_date"] <= line["payment_date"] <= row["promised_date"]
                    and (line["kind"] or "payment") != "write_off"
                ):
                    settled += line["amount"]
            due += 1
            due_amount += row["amount"]
            if settled >= row["amount"]:
                kept += 1
                kept_amount += row["amount"]
        return {
            "promise_kept_share": kept / due if due else None,
            "promise_kept_amount_share": _ratio(kept_amount, due_amount),
        }

    def _disputes(self, day: date, billings_90: Decimal) -> dict[str, object]:
        known = {row["invoice_id"] for row in self.invoices}
        opened, closed, running = ZERO, [], []
        for row in self.disputes:
            if row["invoice_id"] not in known or row["opened_date"] > day:
                continue
            if row["opened_date"] > day - timedelta(days=90):
                opened += row["amount"]
            if row["closed_date"] is None or row["closed_date"] > day:
                running.append((day - row["opened_date"]).days)
            elif row["closed_date"] > day - timedelta(days=365):
                closed.append((row["closed_date"] - row["opened_date"]).days)
        return {
            "dispute_rate": _ratio(opened, billings_90),
            "days_disputed": sum(closed) / len(closed) if closed else None,
            "days_disputed_open": sum(running) / len(running) if running else None,
        }

    def _bills(self, day: date) -> dict[str, object]:
        billed = still_open = ZERO
        for row in self.bills:
            if row["bill_date"] <= day and (row["paid_date"] is None or row["paid_date"] > day):
                still_open += row["amount"]
            if day - timedelta(days=90) < row["bill_date"] <= day:
                billed += row["amount"]
        return {"dpo": _ratio(still_open * 90, billed)}

    def rolls(self, month: date, following: date) -> dict[tuple[str, str], Decimal]:
        """Return amounts by (bucket at the month end, where they are at the following one)."""
        result: dict[tuple[str, str], Decimal] = defaultdict(lambda: ZERO)
        for part in self.parts:
            before = part.open_on(month) if part.document["invoice_date"] <= month else ZERO
            if part.document["invoice_type"] != "invoice" or before <= 0:
                continue
            kept = min(before, max(ZERO, part.open_on(following)))
            lost = -sum(
                (m for since, _, kind, m in part.moves if kind == "write_off" and month < since <= following),
                ZERO,
            )
            lost = min(before - kept, max(ZERO, lost))
            start = _bucket((month - part.due).days)
            for to, amount in (
                (_bucket((following - part.due).days), kept),
                ("written_off", lost),
                ("paid", before - kept - lost),
            ):
                if amount:
                    result[start, to] += amount
        return dict(result)


def survival(ages: list[tuple[int, bool]]) -> list[tuple[int, float]]:
    """Kaplan-Meier by loops: (age, share left) at each age at which something closed."""
    share, curve = 1.0, []
    for age in sorted({age for age, closed in ages if closed}):
        at_risk = sum(1 for other, _ in ages if other >= age)
        events = sum(1 for other, closed in ages if closed and other == age)
        share *= 1 - events / at_risk
        curve.append((age, share))
    return curve


def _median(ages: list[tuple[int, bool]]) -> float | None:
    return next((float(age) for age, share in survival(ages) if share <= 0.5 + 1e-12), None)


def _bucket(days: int) -> str:
    for bucket, last in zip(BUCKETS, (0, 30, 60, 90), strict=False):
        if days <= last:
            return bucket
    return "d90_plus"


def _ratio(top: Decimal, bottom: Decimal) -> float | None:
    return float(top / bottom) if bottom > 0 else None
