"""The fields of MT940: which lines of a file begin one, and which only look as if.

Banks break the text of :86: anywhere: a line of it may begin with `:00:00/` or `:20:15 UUR`, or be a lone
`-`. So a tag counts if it is one of MT940, and one that a time of day could be (:20:, :25:, :28:) if what
follows is the head of a message. A `-` ends a message if nothing or the head of another comes after it.
"""

import codecs
import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

_NEW_LINE = re.compile(r"\r\n|\n|\r")
# Tabs stand between words; what else is below a space is damage, or the end of a file of DOS.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# A letter after the digits is that of a tag, also of one that is not known here.
_TAG = re.compile(r"\s{0,4}:(20|21|25|28|61|64|65|86|13|NS|[0-9]{2}[A-Z]):(.*)", re.IGNORECASE)
_OF_A_TIME = frozenset({"20", "21", "25", "28", "13"})
_HEAD = frozenset({"20", "21", "25", "25P", "28", "28C", "13", "13D", "34F", "60F", "60M", "NS"})
_ACCOUNTS, _CLOSINGS = frozenset({"25", "25P"}), frozenset({"62F", "62M"})
_BLOCK_4 = re.compile(r".*?\{4:(.*)")
_BLOCK = re.compile(r"\s*\{[1-5S]:")
_END = re.compile(r"\s*-(?:\}.*|X{3}|\s*)")
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


@dataclass(slots=True)
class SwiftField:
    """A field.

    Attributes:
        tag: in capitals, without its colons.
        line: of the file, 1-based.
        lines: what it holds, the first line without the tag.
    """

    tag: str
    line: int
    lines: list[str] = field(default_factory=list)

    @property
    def first(self) -> str:
        """Its first line, without spaces at the edges."""
        return self.lines[0].strip()

    @property
    def raw(self) -> str:
        """The field as it stands in the file."""
        return f":{self.tag}:" + "\n".join(self.lines)


def bank_text(content: bytes) -> str:
    """Return the bytes of a file of a bank as text: UTF-8 or UTF-16 where it is that, else Windows-1252."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.removeprefix(mark).decode(encoding, errors="replace")
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def text_lines(text: str) -> list[str]:
    """Return the lines of a text without control characters."""
    return [_CONTROL.sub("", line).replace("\t", " ") for line in _NEW_LINE.split(text)]


def mt940_messages(text: str) -> list[list[SwiftField]]:
    """Return the messages of a file, each as its fields in order; what stands between them is left out."""
    lines = [_of_block_4(line) for line in text_lines(text)]
    tags = _tags(lines)
    upcoming = _upcoming(len(lines), tags)
    messages: list[list[SwiftField]] = []
    held: set[str] = set()
    is_open = False
    for place, line in enumerate(lines):
        if tag := tags.get(place):
            if not messages or _begins_message(tag, held):
                messages.append([])
                held = set()
            held.add(tag)
            value = line[line.index(":", line.index(":") + 1) + 1 :] if line else ""
            messages[-1].append(SwiftField(tag, place + 1, [value]))
            is_open = True
        elif line is None or (_END.fullmatch(line) and (upcoming[place] in _HEAD or "}" in line)):
            is_open = False
        elif is_open:
            messages[-1][-1].lines.append(line)
    return messages


def _of_block_4(line: str) -> str | None:
    """Return what of a line is of the text of a message; None for the other blocks of SWIFT."""
    if not _BLOCK.match(line):
        return line
    match = _BLOCK_4.match(line)
    return match[1] if match else None


def _tags(lines: list[str | None]) -> dict[int, str]:
    """Return place of a line -> tag of the field that begins there."""
    candidates = [
        (place, match[1].upper()) for place, line in enumerate(lines) if line and (match := _TAG.match(line))
    ]
    tags: dict[int, str] = {}
    before = ""
    for count, (place, tag) in enumerate(candidates):
        after = candidates[count + 1][1] if count + 1 < len(candidates) else ""
        is_of_head = after in _HEAD and after != "20"
        if tag not in _OF_A_TIME or is_of_head or (tag != "20" and before in _HEAD):
            tags[place] = before = tag
    return tags


def _upcoming(count: int, tags: dict[int, str]) -> list[str]:
    """Return for each line the tag of the next field after it, `20` after the last."""
    following = ["20"] * count
    tag = "20"
    for place in range(count - 1, -1, -1):
        following[place] = tag
        tag = tags.get(place, tag)
    return following


def _begins_message(tag: str, held: AbstractSet[str]) -> bool:
    """Return whether a field begins a message; a page without a head of its own goes on with the balance.

    Args:
        tag: of the field.
        held: tags of the fields before it in the message.
    """
    if tag == "20":
        return True
    if tag in _ACCOUNTS and held & _ACCOUNTS:
        return True
    return tag in _HEAD and bool(held & _CLOSINGS)
