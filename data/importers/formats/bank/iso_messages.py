"""What the XML messages of ISO 20022 have in common: a document whose first element names the message."""

import re
from collections.abc import Callable

from data.importers.formats.xml import is_xml, opening_tags

MOST_KEPT = 100
"""So many elements are kept before those that were taken are dropped."""
_HEAD = 1 << 16


def first_tags(content: bytes) -> tuple[str, ...]:
    """Return the names of the root and of the first element in it; none where the content cannot be read."""
    return opening_tags(content, 2) or opening_tags(content, 1)


def is_message(content: bytes, is_its: Callable[[str], bool], in_bytes: re.Pattern[bytes]) -> bool:
    """Return whether the content is a message, also where it is refused.

    Args:
        content: the bytes of a file.
        is_its: whether a name of an element is one of the message.
        in_bytes: what stands at the start of the message where it is damaged, or has a DOCTYPE.
    """
    if not is_xml(content):
        return False
    tags = first_tags(content)
    return any(map(is_its, tags)) if tags else in_bytes.search(content[:_HEAD]) is not None
