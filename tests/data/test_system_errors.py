"""Errors of the operating system: a sentence by their number, whatever language the system speaks."""

import pytest

from data import system_errors
from data.message_templates import Message
from reports.sentences import translate

pytestmark = pytest.mark.usefixtures("dutch")


@pytest.mark.parametrize(
    ("number", "english", "said"),
    [
        (2, "No such file or directory", "bestand of map bestaat niet"),
        (13, "Permission denied", "geen toestemming"),
        (28, "No space left on device", "schijf is vol"),
    ],
)
def test_an_error_of_the_system_is_known_by_its_number(number: int, english: str, said: str) -> None:
    # Its text is whatever the system's own language makes of it.
    refused = OSError(number, "Kein solcher Text", "/a/b.csv")
    cause, described = system_errors.cause(refused), system_errors.description(refused)

    assert isinstance(cause, Message)
    assert isinstance(described, Message)
    assert (str(cause), translate(cause)) == (english, said)
    assert str(described) == f"[Errno {number}] {english}: '/a/b.csv'"
    assert translate(described) == f"fout {number}: {said}: '/a/b.csv'"


def test_an_error_of_the_system_that_has_no_sentence_keeps_its_own_text() -> None:
    assert system_errors.cause(OSError(99_999, "Something new")) == "Something new"
    assert system_errors.cause(OSError("no number at all")) == "no number at all"
    assert system_errors.description(OSError("no number at all")) == "no number at all"
    moved = system_errors.description(OSError(18, "Invalid cross-device link", "a", None, "b"))
    assert str(moved) == str(OSError(18, "Invalid cross-device link", "a", None, "b"))
    assert translate(moved) == "fout 18: Invalid cross-device link: 'a' -> 'b'"
