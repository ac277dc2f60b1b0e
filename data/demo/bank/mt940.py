"""The statements as MT940, a file per account, with the structured :86: that Dutch banks write."""

import textwrap
from pathlib import Path

from data.demo.bank.statements import DemoLine, DemoStatement
from data.demo.bank_days import calendar_day

_WIDTH, _LINES = 65, 6
_LETTERS = str.maketrans(dict.fromkeys("&'\"!@#*%_;", " "))


def write_mt940(folder: Path, statements: list[DemoStatement]) -> None:
    """Write the files into a folder, made if it is not there; a batch is one line, without its parts."""
    folder.mkdir(parents=True, exist_ok=True)
    accounts: dict[str, list[str]] = {}
    for statement in statements:
        accounts.setdefault(statement.account, []).append(_statement(statement))
    for account, texts in accounts.items():
        (folder / f"{account}.sta").write_text("".join(texts), encoding="ascii", newline="\r\n")


def _euros(cents: int) -> str:
    return f"{abs(cents) // 100},{abs(cents) % 100:02}"


def _balance(tag: str, cents: int, day: int) -> str:
    return f":{tag}:{'C' if cents >= 0 else 'D'}{calendar_day(day):%y%m%d}EUR{_euros(cents)}\n"


def _statement(statement: DemoStatement) -> str:
    seen: dict[str, DemoLine] = {}
    for booked in statement.lines:
        seen.setdefault(booked.batch_reference or booked.reference, booked)
    return (
        f":20:{calendar_day(statement.day):%y%m%d}{statement.number}\n"
        f":25:{statement.account}EUR\n"
        f":28C:{statement.number}\n"
        + _balance("60F", statement.opening, statement.opened)
        + "".join(_line(booked, statement.day) for booked in seen.values())
        + _balance("62F", statement.closing, statement.day)
        + "-\n"
    )


def _line(booked: DemoLine, day: int) -> str:
    line = booked.line
    cents = booked.batch_cents if line.batch else line.cents
    side, on = "C" if cents >= 0 else "D", calendar_day(day)
    reference = booked.batch_reference or booked.reference
    head = f":61:{on:%y%m%d}{on:%m%d}{side}{_euros(cents)}NTRFNONREF//{reference}\n"
    if line.batch:
        return head + ":86:/TRTP/SEPA INCASSO ALGEMEEN DOORLOPEND/REMI/BATCH/\n"
    fields = [
        ("TRTP", "SEPA OVERBOEKING"),
        ("IBAN", line.iban),
        ("NAME", line.name),
        ("EREF", line.end_to_end),
        ("RTRN", line.return_reason),
        ("REMI", f"{line.text} {line.reference}".strip()),
    ]
    text = "".join(f"/{tag}/{value}" for tag, value in fields if value)
    plain = text.translate(_LETTERS).encode("ascii", "replace").decode().replace("?", " ")
    return head + ":86:" + "\n".join(textwrap.wrap(plain, _WIDTH, break_on_hyphens=False)[:_LINES]) + "\n"
