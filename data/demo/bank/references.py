"""Account numbers and structured references with check digits that are right.

The banks do not exist, so that the accounts are nobody's.
"""

_BANKS = {"NL": ("KASS", "ZWBK", "POLD", "DIJK"), "BE": ("997", "998"), "DE": ("00000001", "00000002")}
_LENGTH = {"NL": 10, "BE": 9, "DE": 10}
_WEIGHTS = (2, 4, 8, 5, 10, 9, 7, 3, 6, 1)
_ORDER = 36


def _as_number(text: str) -> int:
    return int("".join(str(int(sign, _ORDER)) for sign in text))


def check_digits(country: str, rest: str) -> str:
    """Return the two check digits of an IBAN or of a creditor reference (country RF)."""
    return f"{98 - _as_number(rest + country + '00') % 97:02}"


def iban(country: str, bank: int, number: int) -> str:
    """Return an IBAN of a country (NL, BE or DE) at one of its invented banks."""
    banks = _BANKS[country]
    rest = banks[bank % len(banks)] + f"{number:0{_LENGTH[country]}}"
    return country + check_digits(country, rest) + rest


def creditor_reference(text: str) -> str:
    """Return the ISO 11649 reference of letters and digits, at most 21."""
    own = "".join(sign for sign in text.upper() if sign.isalnum() and sign.isascii())[-21:]
    return "RF" + check_digits("RF", own) + own


def payment_reference(digits: str) -> str:
    """Return the Dutch betalingskenmerk of 16 digits, the first of which checks the others."""
    own = digits[-15:].zfill(15)
    total = sum(int(digit) * _WEIGHTS[place % 10] for place, digit in enumerate(reversed(own)))
    check = 11 - total % 11
    return str({10: 1, 11: 0}.get(check, check)) + own


def structured_message(digits: str) -> str:
    """Return the Belgian message of 12 digits, the last two of which check the others."""
    own = digits[-10:].zfill(10)
    return own + f"{int(own) % 97 or 97:02}"


def slashed(message: str) -> str:
    """Return a Belgian message as it is printed: +++123/4567/89012+++."""
    return f"+++{message[:3]}/{message[3:7]}/{message[7:]}+++"
