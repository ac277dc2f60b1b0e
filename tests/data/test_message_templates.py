"""Messages: a template and its values, called, as a column, and as they are stored."""

import polars as pl
import pytest

from data.importers import reasons
from data.message_templates import COLUMNS, MESSAGE, NUMBER, Template, message_from_json, stored_message
from reports import language
from reports.sentences import translate
from tests.sentence_tables import sample, templates


@pytest.mark.parametrize("template", templates(), ids=lambda template: template.text)
def test_a_message_survives_being_stored(template: Template) -> None:
    message = sample(template)
    known = {one.text: one for one in (template, reasons.EMPTY_ROW)}
    stored = message_from_json(message.to_json(), known)

    if not {template.place(name).writing for name in message.values} & {"day"}:  # no stored reason has a day
        assert stored.template is template
        assert (str(stored), translate(stored)) == (str(message), translate(message))


def test_a_reason_stored_in_an_older_wording_stays_whole_in_english() -> None:
    language.use("nl")
    stored = Template("{label} was {what}", {"what": MESSAGE})(label="{amount}", what=reasons.PDF()).to_json()

    assert translate(stored_message(stored)) == "{amount} was een PDF"
    assert str(stored_message(stored)) == "{amount} was a PDF"


def test_a_reason_as_a_column_is_the_same_message_as_called() -> None:
    frame = pl.DataFrame({"v": ["a", "{b}", '"\\\n\u2028</b>', None]})
    column = frame.select(reasons.NOT_A_CHOICE.over(label="{l}", value=pl.col("v"), words="w")).to_series()

    called = [reasons.NOT_A_CHOICE(label="{l}", value=value, words="w") for value in frame["v"].drop_nulls()]
    assert column.struct.field("text").to_list() == [*map(str, called), None]
    assert list(map(stored_message, column.struct.field("message")[:3])) == called


def test_a_column_of_messages_can_hold_messages() -> None:
    places = {"reason": MESSAGE, "key": COLUMNS, "count": NUMBER}
    template = Template("{reason}, {key}, {count}", places)
    frame = pl.DataFrame({"v": ["a", '"']})
    inner = reasons.EMPTY_CELL.over(label=pl.col("v"))
    column = frame.select(template.over(reason=inner, key=["x", "y"], count=1_000)).to_series()

    called = [
        template(reason=reasons.EMPTY_CELL(label=label), key=["x", "y"], count=1_000) for label in frame["v"]
    ]
    assert column.struct.field("text").to_list() == [
        "a is empty, x and y, 1,000",
        '" is empty, x and y, 1,000',
    ]
    known = {one.text: one for one in (template, reasons.EMPTY_CELL)}
    assert [message_from_json(text, known) for text in column.struct.field("message")] == called


def test_a_place_without_a_value_is_a_fault_where_the_message_is_made() -> None:
    with pytest.raises(KeyError, match="width"):
        reasons.CELLS(count=3)
