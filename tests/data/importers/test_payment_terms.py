"""Payment terms as books write them: what is taken and what is refused."""

import polars as pl
import pytest

from data.importers.payment_terms import are_payment_terms

GOOD = (
    "0", "30", "3650", "eom", "eom+0", "eom+30", "30+eom", "1-next", "31-next", "50%@30 50%@60",
    "30%@0 rest@eom+30", "33.33%@15-next 33.33%@30+eom rest@eom", "0.01%@0 99.99%@1",
)  # fmt: skip
BAD = (
    "", " 30", "30 ", "30 days", "3651", "-5", "EOM", "eom-5", "eom+", "+eom", "0-next", "32-next", "15-this",
    "100%@30", "rest@30", "50%@30", "50%@30 49%@60", "60%@30 60%@60", "50%@30,50%@60", "50%@30  50%@60",
    "50%@30 rest@60 rest@90", "rest@30 50%@60", "0%@30 rest@60", "100%@30 rest@60", "33.333%@30 rest@60",
    "50% @30 50%@60", "50%@later rest@60", "50%@30\n50%@60", "٣٠",
)  # fmt: skip


@pytest.mark.parametrize(("texts", "expected"), [(GOOD, True), (BAD, False)])
def test_terms_have_one_strict_form(texts: tuple[str, ...], expected: object) -> None:
    frame = pl.DataFrame({"terms": texts}, schema={"terms": pl.String})
    answers = frame.select(pl.col("terms"), answer=are_payment_terms("terms"))
    assert [text for text, answer in answers.rows() if answer is not expected] == []


def test_an_empty_cell_is_no_terms() -> None:
    frame = pl.DataFrame({"terms": [None]}, schema={"terms": pl.String})
    assert frame.select(are_payment_terms("terms")).item() is None
