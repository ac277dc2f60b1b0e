"""Blocks: a finding with its chart or table, its export, and its words letter by letter."""

import pytest
from streamlit.testing.v1 import AppTest

pytestmark = pytest.mark.usefixtures("english")

LIVE = "[a](http://e.vil) *b* ![x](http://e.vil/x.png)"
PLAIN = "\\[a\\]\\(http\\:\u2060//e\\.vil\\) \\*b\\* \\!\\[x\\]\\(http\\:\u2060//e\\.vil/x\\.png\\)"


def script(kind: str, title: str = "", *, is_empty: bool = False) -> AppTest:
    """Run one block on a page of its own."""

    def page(kind: str, title: str, is_empty: bool) -> None:  # noqa: FBT001
        from datetime import date  # noqa: PLC0415

        import plotly.graph_objects as go  # noqa: PLC0415
        import polars as pl  # noqa: PLC0415
        import streamlit as st  # noqa: PLC0415

        from pages.parts.context.view import View  # noqa: PLC0415
        from pages.parts.widgets import blocks  # noqa: PLC0415
        from reports import language  # noqa: PLC0415
        from reports.answers.shared.finding import Finding  # noqa: PLC0415

        language.use("en")
        view, finding = View(date(2026, 11, 22)), Finding(title, f"method of {title}")
        rows = pl.DataFrame({"line": [1, 2]}).clear() if is_empty else pl.DataFrame({"line": [1, 2]})
        if kind == "table":
            head = st.container()
            st.caption("between")
            blocks.table(finding, rows, view, key="t", name="lines", head=head, empty="No line.")
        elif kind == "text table":
            blocks.text_table(finding, rows, view, key="t", name="lines")
        elif kind == "chart":
            drawing = None if is_empty else go.Figure(layout={"meta": {"alt": "A trend."}})
            blocks.chart(finding, drawing, name="c", view=view, key="c", badge=":blue-badge[+1]")
        else:
            blocks.heading_with_export(
                finding, rows, view, key="h", name="", beside=lambda: st.caption("beside")
            )

    app = AppTest.from_function(page, args=(kind, title, is_empty), default_timeout=60)
    app.run()
    assert not app.exception
    return app


def captions(app: AppTest) -> list[str]:
    return [str(caption.value) for caption in app.caption]


@pytest.mark.parametrize("kind", ["table", "text table", "chart", "heading"])
def test_every_block_shows_the_words_of_its_finding_letter_by_letter(kind):
    app = script(kind, LIVE)
    assert [header.value for header in app.header] == [PLAIN]
    assert any(f"method of {PLAIN}" in caption for caption in captions(app))


def test_a_table_stands_under_its_heading_and_what_is_between():
    app = script("table", "Lines")
    assert captions(app)[:2] == ["method of Lines", "between"]
    assert app.dataframe[0].value["line"].to_list() == [1, 2]
    assert len(app.get("popover")) == 1  # the export


def test_a_table_without_rows_is_its_heading_and_a_sentence_without_export():
    app = script("table", "Lines", is_empty=True)
    assert captions(app) == ["method of Lines", "between", "No line."]
    assert not app.dataframe
    assert not app.get("popover")


def test_a_badge_of_ours_stands_before_the_method_and_a_chart_without_drawing_is_its_heading():
    app = script("chart", "Trend", is_empty=True)
    assert captions(app) == [":blue-badge[+1] method of Trend"]
    assert not app.get("plotly_chart")
    assert len(script("chart", "Trend").get("plotly_chart")) == 1


def test_what_is_beside_a_heading_stands_in_its_row():
    assert captions(script("heading", "Lines")) == ["method of Lines", "beside"]
