"""Small files of CODA written for these tests, field by field."""

from decimal import Decimal

ACCOUNT = "BE68539007547034"


def _money(amount: str) -> str:
    """Return sign (1 for a debit) and 15 digits of an amount."""
    value = Decimal(amount)
    return f"{int(value < 0)}{int(abs(value) * 1000):015}"


def header(*, application: str = "00000", version: str = "2") -> str:
    """Return record 0."""
    left = f"0000005012672505        00000001  {'ACME NV':<26}{'GKCCBEBB':<11}00403170701 {application}"
    return f"{left:<127}{version}"


def old_balance(
    amount: str,
    day: str = "040126",
    *,
    account: str = f"{ACCOUNT:<31}   EUR",
    structure: str = "2",
    number: str = "007",
) -> str:
    """Return record 1."""
    return f"1{structure}{number}{account:<37}{_money(amount)}{day}{'ACME NV':<26}{'ZICHTREKENING':<35}012"


def new_balance(
    amount: str, day: str = "050126", *, account: str = f"{ACCOUNT:<31}   EUR", number: str = "007"
) -> str:
    """Return record 8."""
    return f"8{number}{account:<37}{_money(amount)}{day}{'':<64}0"


def trailer(records: int, debits: str = "0", received: str = "0") -> str:
    """Return record 9."""
    return f"9{'':<15}{records:06}{_money(debits)[1:]}{_money(received)[1:]}{'':<75}2"


def movement(
    sequence: int,
    amount: str,
    text: str = "",
    *,
    detail: int = 0,
    code: str = "00150000",
    value: str = "050126",
    day: str = "050126",
    reference: str = "",
    structured: bool = False,
) -> str:
    """Return record 21; of a text, the first 53 letters."""
    return (
        f"21{sequence:04}{detail:04}{reference:<21}{_money(amount)}{value}{code}{int(structured)}{text[:53]:<53}"
        f"{day}00701 0"
    )


def second(
    sequence: int,
    text: str = "",
    *,
    detail: int = 0,
    customer: str = "",
    returned: str = "",
    reason: str = "",
) -> str:
    """Return record 22; of a text, the letters from the 54th on."""
    place = f"{sequence:04}{detail:04}"
    return f"22{place}{text[53:106]:<53}{customer:<35}{'':<14}{returned:<1}{reason:<4}{'':<8}1 0"


def third(sequence: int, name: str, account: str = "", text: str = "", *, detail: int = 0) -> str:
    """Return record 23; of a text, the letters from the 107th on."""
    return f"23{sequence:04}{detail:04}{account:<34}EUR{name:<35}{text[106:149]:<43}0 0"


def information(sequence: int, text: str, *, detail: int = 1, structured: bool = False) -> str:
    """Return record 31; of a text, the first 73 letters."""
    return f"31{sequence:04}{detail:04}{'':<21}00150000{int(structured)}{text[:73]:<73}{'':<12}0 0"


def coda(*records: str) -> str:
    """Return a file; every record has 128 letters."""
    assert {len(record) for record in records} == {128}
    return "\r\n".join((*records, ""))
