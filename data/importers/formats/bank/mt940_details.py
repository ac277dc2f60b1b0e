"""What :86: and the end of :61: tell of an entry, in the ways in which banks write it.

- codes between slashes: ING, Rabobank, ABN AMRO, Knab, Van Lanschot, and most banks elsewhere;
- numbered fields after a code of the kind of transaction: German, Austrian, Polish and Czech banks, Triodos;
- columns of 32 letters with words before a colon: ABN AMRO;
- an account and a name, then the text: SNS, ASN, RegioBank;
- `REK: …/NAAM: …` of Knab, words between semicolons of mBank, and text without any order.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from data.importers.formats.bank import mt940_subfields as subfields
from data.importers.formats.bank.mt940_codes import coded_text
from data.importers.formats.bank.mt940_lines import SwiftLine
from data.importers.formats.bank.reference_texts import (
    account_of,
    clean,
    iban_in,
    is_iban,
    stated,
    structured_reference,
)
from data.importers.formats.bank.text_statements import LineText

# Lines of SWIFT end at 65 letters: a full one was broken, a shorter one ended. Between codes a space too few
# does less harm than one in the middle of a code.
_FULL, _NEARLY_FULL = 65, 55
_ABN_COLUMN = 32
_ABN_WORDS = re.compile(
    r"(?:^|(?<=\s))(IBAN|BIC|NAAM|OMSCHRIJVING|KENMERK|BETALINGSKENM|ID DEBITEUR|MACHTIGING|INCASSANT"
    r"|ID BEGUNST|TERMIJN|NAAM BEGUNST|NAAM DEBITEUR|VOOR)\.?:\s"
)
_KNAB = re.compile(r"REK:\s*(?P<account>[A-Z0-9 .]*?)\s*/\s*NAAM:\s*(?P<name>.*)$", re.DOTALL)
_POLISH = re.compile(r"(?:^|;)\s*(Z RACH\.|NA RACH\.|OD|DLA|TYT\.|TNR)\s*:\s*([^;]*)")
# Penta, Kontist: kind, text, name, account.
_COLONS = re.compile(
    r"999[A-Z_]+:(?P<text>.*):(?P<name>[^:]+):(?P<account>[A-Z]{2}[0-9]{2}[A-Z0-9]+)(?::.*)?"
)
_ACCOUNT_AND_NAME = re.compile(r"\s*(?P<account>[A-Z]{2}[0-9]{2}[A-Z0-9]{8,30}|[0-9]{7,12})\s+(?P<name>\S.*)")
# SWIFT: returned item; also what the mark says of a reversal.
_RETURNED = frozenset({"RTI", "RTN"})
_KENMERK_DIGITS = 16
# Old account numbers: of Rabobank ten digits, of Postbank a P and nine.
_NUMBER = re.compile(r"P?[0-9]{7,10}")
# Where nothing but an account stands, its length does not matter.
_LIKE_AN_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z]{4}[0-9]{7,20}")
_OLD_RABO = re.compile(r"(?P<number>\S{1,16})\s{2,}(?P<name>\S.*)")
_TRANSACTION_CODE = re.compile(r"/TRCD/([0-9A-Z]+)")


def joined(lines: Sequence[str], full: int = _FULL) -> str:
    """Return the lines of a field as one text; a line of so many letters goes on without a space."""
    return "".join(line if len(line) >= full else f"{line} " for line in lines).removesuffix(" ")


def line_text(line: SwiftLine, remittance: Sequence[str], own_account: str) -> LineText:
    """Return what is told of an entry.

    Args:
        line: its :61:.
        remittance: the lines of its :86:, or of all of them where there are several.
        own_account: the account it is booked on.
    """
    text, in_codes = joined(remittance), joined(remittance, _NEARLY_FULL)
    supplement = joined(line.details)
    name = clean(supplement)
    told = (
        subfields.private_text(remittance)
        or subfields.numbered_text(in_codes)
        or coded_text(in_codes)
        or _of_columns(remittance, text)
        or _of_account_and_name(line, remittance)
        or _of_words(text)
        # Swiss banks: the line after :61: is a name if the text has it before a comma.
        or LineText(name if name and f"{name}," in text else "", clean(text), iban_in(text, own_account))
    )
    return _with_line(told, line, supplement)


def _with_line(told: LineText, line: SwiftLine, supplement: str) -> LineText:
    """Return what is told with what the :61: adds to it."""
    customer, name = stated(line.customer_reference), ""
    if match := _OLD_RABO.fullmatch(line.customer_reference.strip()):
        customer, name = stated(match["number"]), clean(match["name"])
    account = told.account
    if not account:
        written = (account_of(each) for each in (customer, supplement))
        account = next((each for each in written if is_iban(each) or _LIKE_AN_IBAN.fullmatch(each)), "")
    numbers = (customer if name else "", clean(supplement))
    account = account or next((each for each in numbers if _NUMBER.fullmatch(each) and each.strip("P0")), "")
    is_account = bool(account) and bool(_NUMBER.fullmatch(customer) or is_iban(customer))
    is_account = is_account and account.endswith(customer)
    is_kenmerk = customer.isdigit() and len(customer) == _KENMERK_DIGITS
    reference = told.reference or (customer if is_kenmerk else structured_reference(customer))
    end_to_end_id = told.end_to_end_id or ("" if is_account or is_kenmerk or name else customer)
    kind = _TRANSACTION_CODE.search(supplement)
    codes = (line.type, told.bank_code or (kind[1] if kind else ""))
    extra = _supplement_text(supplement, account, told)
    return replace(
        told,
        counterparty=told.counterparty or name,
        text=clean(f"{told.text} {extra}") if extra else told.text,
        account=account,
        reference=reference or structured_reference(told.text),
        end_to_end_id=end_to_end_id,
        bank_reference=told.bank_reference or stated(line.bank_reference),
        bank_code="+".join(filter(None, codes)),
        return_reason=told.return_reason or _return_by_line(line),
    )


def _return_by_line(line: SwiftLine) -> str:
    if line.type[1:] in _RETURNED:
        return line.type[1:]
    return line.mark if line.is_reversal else ""


def _supplement_text(supplement: str, account: str, told: LineText) -> str:
    """Return what the lines after :61: say that nothing else does."""
    text = clean(supplement)
    is_code = text.startswith("/TRCD/") or account_of(text) == account or not text.strip("P0")
    is_known = text.casefold() in f"{told.counterparty} {told.text}".casefold()
    return "" if not text or is_code or is_known else text


def _of_columns(lines: Sequence[str], text: str) -> LineText | None:
    """Return what columns of ABN AMRO say: cells of 32 letters, two a line; full ones go on in the next."""
    if not re.search(r"\bIBAN\.?:\s", text):
        return None
    cells = ""
    for line in lines:
        for cell in (line[:_ABN_COLUMN], line[_ABN_COLUMN:].removeprefix(" ")):
            begins = " " if _ABN_WORDS.match(cell) else ""
            cells += begins + (cell if len(cell) == _ABN_COLUMN else f"{cell} ")
    parts = _ABN_WORDS.split(cells)
    values = dict(zip(parts[1::2], map(clean, parts[2::2]), strict=True))
    kenmerk = values.get("BETALINGSKENM", "").replace(" ", "")
    return LineText(
        counterparty=values.get("NAAM", ""),
        text=clean(
            " ".join(
                (
                    parts[0],
                    *(values.get(word, "") for word in ("OMSCHRIJVING", "BETALINGSKENM", "KENMERK")),
                )
            )
        ),
        account=account_of(values.get("IBAN", "")),
        reference=kenmerk,
        end_to_end_id=stated(values.get("KENMERK", "")),
    )


def _of_account_and_name(line: SwiftLine, lines: Sequence[str]) -> LineText | None:
    """Return what SNS and ASN say: the account and the name stand on the first line, the text below."""
    match = _ACCOUNT_AND_NAME.fullmatch(lines[0]) if lines else None
    if match is None or not line.details:
        return None
    name = clean(match["name"])
    if clean(line.details[0]).casefold() != name.casefold():
        return None
    rest = [each for each in lines[1:] if each.strip()]
    text = clean(joined(rest))
    account = account_of(match["account"])
    iban = next((found for each in re.split(r"[,\s]", text) if is_iban(found := each.upper())), "")
    return LineText(
        counterparty=name,
        text=text,
        account=account if is_iban(account) else iban or account,
        reference=structured_reference(text),
    )


def _of_words(text: str) -> LineText | None:
    """Return what the words before an account and a name say; None if there are none."""
    if match := _KNAB.search(text):
        rest = text[: match.start()]
        return LineText(
            counterparty=clean(match["name"]),
            text=clean(rest),
            account=account_of(match["account"]),
            reference=structured_reference(rest),
        )
    if match := _COLONS.fullmatch(text):
        name, account = clean(match["name"]), account_of(match["account"])
        return LineText(name, clean(match["text"]), account, structured_reference(match["text"]))
    # The address stands behind the name, on a line of its own.
    values = {word: clean(value.strip().partition("  ")[0]) for word, value in _POLISH.findall(text)}
    if len(values) > 1:
        return LineText(
            counterparty=values.get("OD") or values.get("DLA", ""),
            text=clean(text),
            account=account_of(values.get("Z RACH.") or values.get("NA RACH.", "")),
        )
    return None
