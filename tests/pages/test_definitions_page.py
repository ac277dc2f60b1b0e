"""The Definitions screen: figures in groups, questions behind a tab, filters only where they change rows."""

from tests.apps import words


def test_figures_come_first_and_questions_stand_behind_a_tab(open_on_three):
    app = open_on_three("definitions")
    labels = [entry.label for entry in app.expander]
    assert any("DSO, countback" in label for label in labels)
    assert not any("ageing_buckets" in label or "…" in label for label in labels)
    assert not app.date_input
    asked = open_on_three("definitions", part="questions", search="ageing_buckets")
    assert [entry.label.split(" · ")[-1] for entry in asked.expander] == ["`ageing_buckets`"]


def test_the_rows_behind_a_figure_follow_the_filters(open_on_three):
    app = open_on_three("definitions", figure="overdue")
    assert app.date_input
    # F1 of 1,210.00 and the rest of F3, 60.00; F2 is not due yet.
    assert "Overdue on 20\u00a0Nov\u00a02026: €1,270" in words(app)
    (rows,) = [one.value for one in app.dataframe]
    assert sorted(map(float, rows["open_amount"])) == [60.0, 1210.0]
