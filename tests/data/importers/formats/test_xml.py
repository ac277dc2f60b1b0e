"""XML from outside: what is read, and what is refused in one sentence."""

import pytest

from data.errors import RefusedFileError
from data.importers.formats.xml import elements, parse, root_tag, start_without_namespace

BILLION_LAUGHS = b"""<?xml version="1.0"?>
<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;&x;&x;&x;&x;">]>
<a>&y;</a>"""
OTHER_FILE = b"""<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>"""


def refusal(content: bytes) -> str:
    with pytest.raises(RefusedFileError) as refused:
        parse(content, "a.xml")
    sentence = str(refused.value)
    assert sentence.startswith("a.xml: ")
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


def test_a_document_is_read_without_comments_and_instructions() -> None:
    root = parse(b"<?xml version='1.0'?><!-- c --><a xmlns='n'>1<!-- c -->2<?pi x?><b/></a>", "a.xml")
    assert (root.tag, root.text, [child.tag for child in root]) == ("{n}a", "12", ["{n}b"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "windows-1252"])
def test_every_encoding_that_is_declared_or_marked_is_read(encoding: str) -> None:
    declared = encoding.removesuffix("-sig").removesuffix("-le")
    content = f'<?xml version="1.0" encoding="{declared}"?><a>é</a>'.encode(encoding)
    assert parse(content, "a.xml").text == "é"
    assert root_tag(content) == "a"


@pytest.mark.parametrize(
    "content", [BILLION_LAUGHS, OTHER_FILE, b"<!DOCTYPE a><a/>", b" <!DOCTYPE html><html/>"]
)
def test_a_doctype_is_refused(content: bytes) -> None:
    assert "DOCTYPE" in refusal(content)
    assert root_tag(content) is None


def test_a_doctype_in_another_encoding_is_refused() -> None:
    assert "DOCTYPE" in refusal(BILLION_LAUGHS.decode().encode("utf-16"))


def test_a_doctype_after_much_white_space_is_refused() -> None:
    assert "DOCTYPE" in refusal(b"<!--" + b" " * 200_000 + b"--><!DOCTYPE a><a/>")


@pytest.mark.parametrize("content", [b"", b"invoice_id,amount\n1,2\n", b"%PDF-1.7", b"PK\x03\x04", b"   "])
def test_what_does_not_begin_with_a_tag_is_no_xml(content: bytes) -> None:
    assert "is no XML" in refusal(content)
    assert root_tag(content) is None


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"<a>\n<b>\n</a>", 3),
        (b"<a>\n&unknown;</a>", 2),
        (b"<a>", 1),
        (b"<a/>\n<b/>", 2),
        (b"<a>\n\xff</a>", 2),
        (b"<?xml version='1.0' encoding='nowhere'?><a/>", 1),
        (b"<!-- only a comment -->", 1),
    ],
)
def test_damage_is_named_with_its_line(content: bytes, line: int) -> None:
    assert f"wrong on line {line};" in refusal(content)


def test_nesting_and_texts_beyond_what_is_safe_are_refused() -> None:
    assert "nested deeper" in refusal(b"<a>" * 300 + b"</a>" * 300)
    assert "nested deeper" in refusal(b"<a>" + b"x" * 10_000_001 + b"</a>")


def test_the_root_is_known_from_the_first_kilobytes() -> None:
    assert root_tag(b"<n:a xmlns:n='urn:x'>" + b"<b>" * 100_000) == "{urn:x}a"
    assert root_tag(b"<!--" + b" " * 100_000 + b"--><a/>") is None


NAMED = b"""<?xml version="1.0"?>\n<D xmlns="urn:a" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n<E>1</E></D>"""


def test_a_document_is_read_without_its_namespace_on_the_same_lines() -> None:
    start = start_without_namespace(NAMED, "urn:a")
    assert len(start) == NAMED.index(b" xmlns:xsi")
    (element,) = elements(NAMED, "a.xml", ["E"], start=start)
    assert (element.tag, element.text, element.sourceline) == ("E", "1", 3)
    long = NAMED.replace(b"<E>", b"<E>" + b"x" * 300_000)
    (element,) = elements(long, "a.xml", ["E"], start=start_without_namespace(long, "urn:a"))
    assert element.text == "x" * 300_000 + "1"


@pytest.mark.parametrize(
    ("content", "namespace"),
    [
        (NAMED, ""),
        (NAMED, "urn:b"),
        (NAMED.replace(b"<E>", b'<E xmlns="urn:other">'), "urn:a"),
        (NAMED.replace(b"<E>", b'<E xmlns:p="urn:a">'), "urn:a"),
        (NAMED.replace(b"<E>", b'<!-- xmlns="urn:a" --><E>'), "urn:a"),
        (NAMED.replace(b"xmlns=", b"xmlns:p="), "urn:a"),
        (NAMED.decode().encode("utf-16"), "urn:a"),
    ],
)
def test_a_document_that_may_hold_other_names_keeps_its_namespace(content: bytes, namespace: str) -> None:
    assert start_without_namespace(content, namespace) == b""
