"""Check digits of account numbers and payment references (ISO 7064, MOD 97-10)."""

_BEFORE_NUMBER = 4  # letters and check digits stand before the number
_MODULUS = 97
_LETTERS_BASE = 36


def is_mod_97(text: str) -> bool:
    """Return whether an IBAN or RF reference has the check digits of its number.

    Args:
        text: letters A to Z and digits, without spaces; more than four of them.
    """
    turned = text[_BEFORE_NUMBER:] + text[:_BEFORE_NUMBER]
    return int("".join(str(int(sign, _LETTERS_BASE)) for sign in turned)) % _MODULUS == 1
