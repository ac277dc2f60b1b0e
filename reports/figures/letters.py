"""Widths of letters in Source Sans, so that text can be broken and cut before anything draws it."""

import unicodedata

# Advance widths of the signs from space to tilde in the regular weight, in thousandths of the text's size.
_ADVANCES = (
    200, 289, 426, 497, 497, 824, 609, 249, 303, 303, 418, 497, 249, 311, 249, 350, 497, 497, 497, 497,
    497, 497, 497, 497, 497, 497, 249, 249, 497, 497, 497, 425, 847, 543, 588, 571, 615, 527, 494, 617,
    652, 263, 479, 579, 486, 727, 647, 664, 566, 664, 569, 534, 536, 645, 515, 786, 513, 476, 539, 303,
    350, 303, 497, 500, 542, 504, 553, 456, 555, 496, 292, 504, 544, 246, 247, 495, 255, 829, 547, 542,
    555, 555, 347, 419, 338, 544, 467, 719, 446, 467, 425, 303, 241, 303, 497,
)  # fmt: skip
_ELSEWHERE, _WIDE = 660, 1000  # of a sign that the table lacks; of one as wide as it is high
_NAMED = {"\u00a0": 200, "€": 497, "–": 497, "…": 948, "·": 249, "\u2011": 311}
_BOLD = 1.06  # a bold letter is wider by at most this


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of a line in the pixels of `size`; rather a little too wide than too narrow."""
    return sum(map(_advance, text)) * size / 1000 * (_BOLD if bold else 1.0)


def cut(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """Return the text, or as much of its start as fits in the room with an ellipsis."""
    if width(text, size, bold=bold) <= room:
        return text
    while text and width(f"{text}…", size, bold=bold) > room:
        text = text[:-1]
    return f"{text.rstrip(' ,;:·')}…"


def wrap(text: str, size: float, room: float, *, most: int, bold: bool = False) -> list[str]:
    """Return the text in at most so many lines of that room; what is left over is cut with an ellipsis."""
    lines: list[str] = []
    words = text.split(" ")
    while words and len(lines) < most - 1:
        line = words.pop(0)
        while words and width(f"{line} {words[0]}", size, bold=bold) <= room:
            line = f"{line} {words.pop(0)}"
        lines.append(cut(line, size, room, bold=bold))
    if words:
        lines.append(cut(" ".join(words), size, room, bold=bold))
    return lines


def _advance(sign: str) -> int:
    if (named := _NAMED.get(sign)) is not None:
        return named
    if unicodedata.combining(sign) or unicodedata.category(sign) == "Cf":
        return 0
    base = unicodedata.normalize("NFD", sign)[0]
    if " " <= base <= "~":
        return _ADVANCES[ord(base) - 32]
    return _WIDE if unicodedata.east_asian_width(sign) in {"W", "F"} or ord(sign) > 0xFFFF else _ELSEWHERE  # noqa: PLR2004
