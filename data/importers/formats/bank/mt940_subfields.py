"""Numbered fields of :86:: of German, Austrian, Swiss, Polish, Czech and Luxembourg banks, and of Triodos.

Three digits say what kind of transaction it is (GVC), then fields follow: a sign and two digits each. 00 is
the name of the kind, 20 to 29 and 60 to 63 are the text, 30 the bank and 31 the account of the other one (38:
its IBAN), 32 and 33 its name, 34 says why a payment came back. SEPA texts hold words such as EREF+ and SVWZ+.

Source: Deutsche Kreditwirtschaft, DFÜ-Abkommen, annex 3, chapter 8.2.
"""

import re
from collections.abc import Mapping, Sequence

from data.importers.formats.bank.reference_texts import (
    account_of,
    clean,
    is_iban,
    stated,
    structured_reference,
)
from data.importers.formats.bank.text_statements import LineText

_START = re.compile(r"\s*(?P<code>[0-9]{3})?\s?(?P<sign>[?>~^<@!|])(?P<first>[0-9]{2})")
_TEXT = (*range(20, 30), *range(60, 64))
_TEXT_KEYS = (
    "EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|IBAN|BIC|PURP|ANAM|RCUR|SQTP|BREF|RREF|MTLG(?=:)"
)
_KEYED = re.compile(rf"(?<![A-Z])({_TEXT_KEYS})[+:]\s?")
# Kinds of transaction that bring a payment back, at the payer's bank or the payee's: direct debits (old and
# SEPA), transfers, cheques.
_RETURNS = frozenset({"009", "011", "059", "108", "109", "111", "159", "168", "185", "206"})
_ISO_REASON = re.compile(
    r"\b(A[CGM][0-9]{2}|B[EI]0[0-9]|CNOR|DNOR|DT0[0-9]|FOCR|M[DS]0[0-9]|R[CR]0[0-9]|SL0[0-9])\b"
)
_KEY_34 = re.compile(r"9[0-9]{2}")
_BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
_LEAST_FIELDS = 2
_FULL_FIELD = 27


def numbered_text(text: str) -> LineText | None:
    """Return what numbered fields say; None if the text has none."""
    start = _START.match(text)
    if start is None:
        return None
    values = _values(text, re.escape(start["sign"]))
    if len(values) < _LEAST_FIELDS and not start["code"]:
        return None
    code = start["code"] or ""
    places = [number for number in _TEXT if number in values]
    account = account_of(values.get(38) or values.get(31, ""))
    if _is_bank_and_account(values):
        # Triodos: the account of the other one is in the text, and 31 is the account itself.
        account = account_of(values[21])
        places = [number for number in places if number not in {20, 21}]
    elif start["sign"] == ">":
        account = ""
    purpose = _keyed("".join(_going_on(values[number]) for number in places))
    remittance = clean(purpose.get("SVWZ", purpose.get("", "")))
    heading = clean(values.get(0, ""))
    others = (
        heading,
        purpose.get("", ""),
        remittance,
        *(purpose.get(key, "") for key in ("MTLG", "ABWA", "ABWE")),
    )
    whole = clean(" ".join(dict.fromkeys(map(clean, others))))
    return LineText(
        counterparty=_name(values),
        text=whole,
        account=account or account_of(purpose.get("IBAN", "")),
        reference=structured_reference(remittance),
        end_to_end_id=stated(purpose.get("EREF", "")),
        bank_code=code.strip("0") and code,
        return_reason=_return_reason(code, values, purpose),
    )


def private_text(lines: Sequence[str]) -> LineText | None:
    """Return what :NS: says in place of :86:, two digits before every line; None if it is not written so.

    01 to 14 are the text, 15 and 16 the name, 17 the kind, 34 the account of the other one.
    """
    numbered = [(int(line[:2]), line[2:]) for line in lines if line[:2].isascii() and line[:2].isdigit()]
    if len(numbered) < _LEAST_FIELDS or numbered[0][0] != 1 or len(numbered) < len(list(filter(None, lines))):
        return None
    values: dict[int, str] = {}
    for number, value in numbered:
        values[number] = f"{values.get(number, '')} {value}"
    text = clean(" ".join(values.get(number, "") for number in (*range(1, 15), 17)))
    return LineText(
        counterparty=clean(" ".join(values.get(number, "") for number in (15, 16))),
        text=text,
        account=account_of(values.get(34, "")),
        reference=structured_reference(text),
    )


def _values(text: str, sign: str) -> Mapping[int, str]:
    """Return number -> what the field holds; of two fields of a number the second goes on with the first."""
    # The sign before other digits is of the text.
    pieces = re.split(rf"{sign}(00|10|2[0-9]|3[0-9]|6[0-9]|7[0-9])", text)
    values: dict[int, str] = {}
    for number, value in zip(pieces[1::2], pieces[2::2], strict=True):
        values[int(number)] = values.get(int(number), "") + value
    return values


def _is_bank_and_account(values: Mapping[int, str]) -> bool:
    return _BIC.fullmatch(values.get(20, "").strip()) is not None and is_iban(values.get(21, "").strip())


def _name(values: Mapping[int, str]) -> str:
    """Return the name, of which 33 goes on where 32 is full at 27 letters."""
    first, second = values.get(32, ""), values.get(33, "")
    is_broken = len(first) >= _FULL_FIELD and second and not second.startswith(" ")
    return clean(first + second if is_broken else f"{first} {second}")


def _going_on(value: str) -> str:
    """Return a field of the text as the next goes on from it: a full one was broken, a shorter one ended."""
    return value if len(value) >= _FULL_FIELD else f"{value} "


def _keyed(purpose: str) -> Mapping[str, str]:
    """Return word -> what stands after it; the empty word has what stands before them."""
    pieces = _KEYED.split(purpose)
    values = {"": pieces[0]}
    for key, value in zip(pieces[1::2], pieces[2::2], strict=True):
        values.setdefault(key, value)
    return values


def _return_reason(code: str, values: Mapping[int, str], purpose: Mapping[str, str]) -> str:
    if code not in _RETURNS:
        return ""
    texts = " ".join(purpose.get(key, "") for key in ("SVWZ", "MTLG", ""))
    if match := _ISO_REASON.search(texts):
        return match[1]
    key = values.get(34, "").strip()
    return key if _KEY_34.fullmatch(key) else code
