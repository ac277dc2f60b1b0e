"""XML from outside, read without following what it points to and without growing beyond its own size."""

from functools import lru_cache
from typing import TypeAlias

from lxml import etree

from data.errors import RefusedFileError
from data.importers import reasons
from data.message_templates import Template

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml has no public name for the type of its elements

MOST_BYTES = 300_000_000
_CHUNK = 4096
_LONGEST_PROLOG = 65_536
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
# What libxml2 calls a text of more than 10 MB and more than 256 levels, which it takes with `huge_tree` only.
_TOO_LARGE = frozenset({etree.ErrorTypes.ERR_RESOURCE_LIMIT, etree.ErrorTypes.ERR_INTERNAL_ERROR})


class _PrologEndError(Exception):
    """The prolog of a document ends: at its root, whose name it bears, or at a DOCTYPE (None)."""

    def __init__(self, root: str | None) -> None:
        super().__init__()
        self.root = root


class _Prolog:
    """Listens to a parser until the root begins."""

    def doctype(self, _name: str, _public: str | None, _system: str | None) -> None:
        """End before anything in the DOCTYPE is read."""
        raise _PrologEndError(None)

    def start(self, tag: str, _attributes: object) -> None:
        """End at the root."""
        raise _PrologEndError(tag)

    def close(self) -> None:
        """Have nothing to give at the end of a document without a root."""


def root_tag(content: bytes) -> str | None:
    """Return the name of the root as `{namespace}name`; no more than 64 KiB are looked at.

    Returns:
        None where the content is no XML, or has a DOCTYPE, or its root does not begin there.
    """
    return _root_tag(content[:_LONGEST_PROLOG]) if is_xml(content) else None


@lru_cache(maxsize=2)  # every format asks for the root of the same file
def _root_tag(head: bytes) -> str | None:
    try:
        return _prolog_end(head)
    except (etree.XMLSyntaxError, LookupError, ValueError):
        return None


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
        has_doctype = _prolog_end(content) is None
        root = None if has_doctype else etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise RefusedFileError(_fault(error)(name=name, line=error.lineno or 1)) from error
    except (LookupError, ValueError) as error:  # an encoding that nobody knows
        raise RefusedFileError(reasons.XML_BROKEN(name=name, line=1)) from error
    if root is None or root.getroottree().docinfo.doctype:
        raise RefusedFileError(reasons.XML_DOCTYPE(name=name))
    return root


def _prolog_end(content: bytes) -> str | None:
    """Return the name of the root, None at a DOCTYPE, without reading on."""
    # The stubs ask for all methods of a target; lxml calls those that it has.
    parser = etree.XMLParser(  # type: ignore[call-overload]
        target=_Prolog(), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        for start in range(0, len(content), _CHUNK):
            parser.feed(content[start : start + _CHUNK])
        parser.close()
    except _PrologEndError as end:
        return end.root
    return None


def _fault(error: etree.XMLSyntaxError) -> Template:
    return reasons.XML_TOO_LARGE if error.code in _TOO_LARGE else reasons.XML_BROKEN
