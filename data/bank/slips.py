"""Typing errors: whether one slip of the finger makes one number of another."""

_LOOKALIKES = str.maketrans({"O": "0", "Q": "0", "D": "0", "I": "1", "L": "1", "S": "5", "B": "8", "Z": "2"})


def is_one_slip(typed: str, meant: str) -> bool:
    """Tell whether one sign was changed, left out, doubled or added, or two neighbours changed places."""
    if typed == meant:
        return False
    longer, shorter = (typed, meant) if len(typed) >= len(meant) else (meant, typed)
    if len(longer) - len(shorter) > 1:
        return False
    start = 0
    while start < len(shorter) and longer[start] == shorter[start]:
        start += 1
    if len(longer) > len(shorter):
        return longer[start + 1 :] == shorter[start:]
    if longer[start + 1 :] == shorter[start + 1 :]:
        return True
    swapped = longer[start : start + 2][::-1] == shorter[start : start + 2]
    return swapped and longer[start + 2 :] == shorter[start + 2 :]


def with_digits(typed: str) -> str:
    """Return a number with the letters that look like a digit as that digit."""
    return typed.translate(_LOOKALIKES)
