"""XML from outside, read without following what it points to and without growing beyond its own size."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from io import BytesIO
from typing import TypeAlias

from lxml import etree

from data.errors import RefusedFileError
from data.importers import reasons
from data.message_templates import Template

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml has no public name for the type of its elements

MOST_BYTES = 300_000_000
_CHUNK = 4096
_LONGEST_PROLOG = 65_536
_ELEMENTS_PER_STEP = 1000
# Declarations for attributes such as `xsi:schemaLocation`; no element is of these.
_NO_ELEMENTS = re.compile(rb"""xmlns:xs[id]\s*=\s*["']http://www\.w3\.org/2001/XMLSchema(?:-instance)?["']""")
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
# What libxml2 calls a text of more than 10 MB and more than 256 levels, which it takes with `huge_tree` only.
_TOO_LARGE = frozenset({etree.ErrorTypes.ERR_RESOURCE_LIMIT, etree.ErrorTypes.ERR_INTERNAL_ERROR})


class _PrologEndError(Exception):
    """The prolog of a document ends: at its first elements, whose names it bears, or at a DOCTYPE (none)."""

    def __init__(self, tags: tuple[str, ...]) -> None:
        super().__init__()
        self.tags = tags


class _Prolog:
    """Listens to a parser until so many elements have begun; the first is the root."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.tags: list[str] = []

    def doctype(self, _name: str, _public: str | None, _system: str | None) -> None:
        """End before anything in the DOCTYPE is read."""
        raise _PrologEndError(())

    def start(self, tag: str, _attributes: object) -> None:
        """End at the last element that is asked for."""
        self.tags.append(tag)
        if len(self.tags) == self.count:
            raise _PrologEndError(tuple(self.tags))

    def close(self) -> None:
        """Have nothing to give at the end of a document without a root."""


def namespace_of(tag: str) -> str:
    """Return the namespace of a name as `{namespace}name`; empty for none."""
    return tag.rpartition("}")[0].removeprefix("{")


def bare_name(tag: str) -> str:
    """Return a name as `{namespace}name` without its namespace."""
    return tag.rpartition("}")[2]


def root_tag(content: bytes) -> str | None:
    """Return the name of the root as `{namespace}name`; no more than 64 KiB are looked at.

    Returns:
        None where the content is no XML, or has a DOCTYPE, or its root does not begin there.
    """
    return next(iter(opening_tags(content, 1)), None)


def opening_tags(content: bytes, count: int) -> tuple[str, ...]:
    """Return the names of the first elements, in the order in which they begin; the root is the first.

    Returns:
        None of them where the content is no XML, or has a DOCTYPE, or they do not begin in its first 64 KiB.
    """
    return _tags_of_head(content[:_LONGEST_PROLOG], count) if is_xml(content) else ()


@lru_cache(maxsize=4)  # every format asks for the root of the same file
def _tags_of_head(head: bytes, count: int) -> tuple[str, ...]:
    try:
        return _opening_tags(head, count)
    except (etree.XMLSyntaxError, LookupError, ValueError):
        return ()


def is_xml(content: bytes) -> bool:
    """Return whether the content begins with a tag, as XML does in any encoding."""
    start = content[:_CHUNK]
    for mark in _MARKS:
        start = start.removeprefix(mark)
    return start.replace(b"\x00", b"").lstrip().startswith(b"<")


def parse(content: bytes, name: str) -> Element:
    """Return the root of a document, without its comments and processing instructions.

    Args:
        content: the bytes of the file.
        name: of the file, printable, for the sentence.

    Raises:
        RefusedFileError: it is no XML, is not well-formed, has a DOCTYPE (with it come entities, and files of
            other machines), or is larger or nested deeper than a tree may be.
    """
    if not is_xml(content):
        raise RefusedFileError(reasons.NOT_XML(name=name))
    if len(content) > MOST_BYTES:
        raise RefusedFileError(reasons.XML_TOO_LARGE(name=name))
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        has_doctype = not _opening_tags(content, 1)
        root = None if has_doctype else etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise RefusedFileError(_fault(error)(name=name, line=error.lineno or 1)) from error
    except (LookupError, ValueError) as error:  # an encoding that nobody knows
        raise RefusedFileError(reasons.XML_BROKEN(name=name, line=1)) from error
    if root is None or root.getroottree().docinfo.doctype:
        raise RefusedFileError(reasons.XML_DOCTYPE(name=name))
    return root


def start_without_namespace(content: bytes, namespace: str) -> bytes:
    """Return how a document begins if its elements are to have no namespace: blanks for its declaration.

    Names are a third of the work of reading a large document, and its namespace the longest part of them.

    Args:
        content: the bytes of the file.
        namespace: that of its elements, without braces.

    Returns:
        Nothing where the document might hold elements of other names: where it declares more than that one,
        or a prefix for it.
    """
    declared = re.compile(rb"""xmlns\s*=\s*(["'])""" + re.escape(namespace.encode()) + rb"""\1""")
    declaration = declared.search(content[:_LONGEST_PROLOG]) if namespace else None
    if declaration is None:
        return b""
    head = content[:_LONGEST_PROLOG]
    if content.count(b"xmlns") != 1 + len(_NO_ELEMENTS.findall(head)):
        return b""
    start, end = declaration.span()
    return content[:start] + b" " * (end - start)


class _Spliced:
    """A file that begins otherwise than its content; the rest is not copied."""

    def __init__(self, start: bytes, content: bytes) -> None:
        self._start, self._content, self._place = start, memoryview(content), 0

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes; at the end of its own start, fewer of them."""
        place = self._place
        of = self._start if place < len(self._start) else self._content
        chunk = bytes(of[place:] if size < 0 else of[place : place + size])
        self._place += len(chunk)
        return chunk

    def tell(self) -> int:
        """Return how many bytes were read."""
        return self._place


def elements(
    content: bytes,
    name: str,
    tags: Sequence[str],
    *,
    progress: Callable[[float], None] | None = None,
    start: bytes = b"",
) -> Iterator[Element]:
    """Give the elements of some names as they end, while the document is read.

    Who needs an element no longer calls `release`, so that a large document is never
    in memory as a whole. Nothing that was given counts before the last one came: the end may be damaged.

    Args:
        content: the bytes of the file.
        name: of the file, printable, for the sentence.
        tags: names as `{namespace}name`.
        progress: called with the share of the document that was read, now and then.
        start: of `start_without_namespace`: what the document begins with instead.

    Raises:
        RefusedFileError: as `parse` has it.
    """
    if not is_xml(content):
        raise RefusedFileError(reasons.NOT_XML(name=name))
    if len(content) > MOST_BYTES:
        raise RefusedFileError(reasons.XML_TOO_LARGE(name=name))
    source, events = (_Spliced(start, content) if start else BytesIO(content)), None
    try:
        if not _opening_tags(content, 1):
            raise RefusedFileError(reasons.XML_DOCTYPE(name=name))
        events = etree.iterparse(
            source,
            tag=tags,
            load_dtd=False,
            no_network=True,
            resolve_entities=False,
            huge_tree=False,
            collect_ids=False,
            remove_blank_text=True,
            remove_comments=True,
            remove_pis=True,
        )
        for count, (_event, element) in enumerate(events):
            if progress and not count % _ELEMENTS_PER_STEP:
                progress(source.tell() / len(content))
            yield element
    except etree.XMLSyntaxError as error:
        if not error.lineno:  # of what the parser reads over and then refuses, its log alone tells the line
            line = next((entry.line for entry in events.error_log), 1) if events else 1
            raise RefusedFileError(reasons.XML_BROKEN(name=name, line=line)) from error
        raise RefusedFileError(_fault(error)(name=name, line=error.lineno)) from error
    except (LookupError, ValueError) as error:  # an encoding that nobody knows
        raise RefusedFileError(reasons.XML_BROKEN(name=name, line=1)) from error


def release(element: Element) -> None:
    """Empty an element that ended, and drop those of its name right before it."""
    element.clear()
    parent, before = element.getparent(), element.getprevious()
    while parent is not None and before is not None and before.tag == element.tag:
        parent.remove(before)
        before = element.getprevious()


def _opening_tags(content: bytes, count: int) -> tuple[str, ...]:
    """Return the names of the first elements without reading on; none at a DOCTYPE."""
    # The stubs ask for all methods of a target; lxml calls those that it has.
    parser = etree.XMLParser(  # type: ignore[call-overload]
        target=_Prolog(count), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        for start in range(0, len(content), _CHUNK):
            parser.feed(content[start : start + _CHUNK])
        parser.close()
    except _PrologEndError as end:
        return end.tags
    return ()


def _fault(error: etree.XMLSyntaxError) -> Template:
    return reasons.XML_TOO_LARGE if error.code in _TOO_LARGE else reasons.XML_BROKEN
