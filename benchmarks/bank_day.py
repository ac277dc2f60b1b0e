"""What a day's batch costs where the bank applies receipts, against the same batch where it proposes."""

import argparse
import csv
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import duckdb

from data.store.load import load
from data.store.reader import session
from data.store.snapshot import current_snapshot

DAY = date(2026, 11, 23)
ACCOUNT = "NL00BANK0123456789"
SCAN = "select sum(amount), count(customer_id), min(due_date), max(post_date) from item"
OPEN = """
    select any_value(item.document_id), any_value(item.customer_id), sum(item.amount) as amount
    from item
    where item.due_date is not null and item.currency = 'EUR' and item.document_id is not null
    group by item.document_id
    having sum(item.amount) > 0 and any_value(item.invoice_type) = 'invoice'
    order by hash(item.document_id)
    limit $count
    """


def write_rows(path: Path, rows: list[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def write_day(store: Path, folder: Path, invoices: int, entries: int) -> None:
    """Write a day: new invoices, and receipts of open ones of which nine in ten are named."""
    with session(current_snapshot(store)) as connection:
        paid = connection.execute(OPEN, {"count": entries}).fetchall()
    new = [
        {"invoice_id": f"DAG{number:05d}", "customer_id": paid[number % len(paid)][1],
         "invoice_type": "invoice", "invoice_date": DAY, "due_date": date(2026, 12, 23), "currency": "EUR",
         "amount": f"{100 + number}.50"}
        for number in range(invoices)
    ]  # fmt: skip
    booked = [
        {"entry_id": f"{DAY}/day-{place}", "account": ACCOUNT, "currency": "EUR", "entry_date": DAY,
         "amount": str(amount), "counterparty": "",
         "description": f"betaling {document}" if place % 10 else "met dank"}
        for place, (document, _customer, amount) in enumerate(paid)
    ]  # fmt: skip
    write_rows(folder / "invoices.csv", new)
    write_rows(folder / "bank_entries.csv", booked)


def measured(store: Path, folder: Path) -> dict[str, float]:
    """Load a folder in a process of its own; return seconds by the clock and of the processor, and MiB."""
    command = [sys.executable, __file__, "--store", str(store), "--load", str(folder)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(answer.stdout.splitlines()[-1])


def load_once(store: Path, folder: Path) -> None:
    began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
    report = load(store, [folder])
    took, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF)
    applied = sum(file.accepted for file in report.files if file.file_name == "payments_bank.csv")
    figures = {
        "seconds": took, "user": after.ru_utime - before.ru_utime, "system": after.ru_stime - before.ru_stime,
        "peak": after.ru_maxrss / 1024, "applied": applied,
    }  # fmt: skip
    print(json.dumps(figures))


def scan_seconds(store: Path) -> float:
    with session(current_snapshot(store)) as connection:
        times = []
        for _ in range(5):
            began = time.perf_counter()
            connection.execute(SCAN).fetchall()
            times.append(time.perf_counter() - began)
    return sorted(times)[2]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--load", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--invoices", type=int, default=200)
    parser.add_argument("--entries", type=int, default=500)
    chosen = parser.parse_args()
    if chosen.load:
        load_once(chosen.store, chosen.load)
        return
    print(f"DuckDB {duckdb.__version__}; plain scan of the items {scan_seconds(chosen.store) * 1000:.1f} ms")
    with tempfile.TemporaryDirectory(dir=chosen.store.parent) as temporary:
        home = Path(temporary)
        write_day(chosen.store, home / "day", chosen.invoices, chosen.entries)
        write_rows(home / "source" / "settings.csv", [{"key": "cash_source", "value": "bank"}])
        print(f"{'':<34}{'s':>9}{'user s':>9}{'sys s':>9}{'peak MiB':>10}{'payments':>10}")
        for name in ("bookkeeping", "bank"):
            store = home / name
            shutil.copytree(chosen.store, store)
            if name == "bank":
                show("the setting, bank from now on", measured(store, home / "source"))
            show(f"a day's batch, {name}", measured(store, home / "day"))


def show(name: str, figures: dict[str, float]) -> None:
    print(
        f"{name:<34}{figures['seconds']:>9.1f}{figures['user']:>9.1f}{figures['system']:>9.1f}"
        f"{figures['peak']:>10,.0f}{figures['applied']:>10,.0f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
