"""The What-if screen: levers pulled, refused at their box, saved, opened by a link, compared, thrown away."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from reports.answers.whatif import saved_scenarios
from reports.answers.whatif.scenario_file import parse
from tests.apps import words
from tests.books import AS_OF, Desk
from tests.ledger_forecasts import load_regular_ledger

pytestmark = pytest.mark.usefixtures("english")


HOSTILE = "a <b>B</b> [x](http://evil.example)"
START = AS_OF + timedelta(days=1)
HERE = {"as_of": AS_OF.isoformat()}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk(tmp_path_factory.mktemp("page"))
    load_regular_ledger(desk)
    yield desk
    desk.close()


@pytest.fixture
def desk(made) -> Desk:
    """The fixture `open_page` opens this one."""
    return made


def draft(*levers: str, name: str = "-") -> str:
    return f'name = "{name}"\n' + "".join(f"[[lever]]\n{lever}\n" for lever in levers)


def box(app, kind: str, label: str):
    return next(one for one in app.get(kind) if one.label == label)


@pytest.mark.slow
def test_without_a_lever_pulled_there_is_no_difference(open_page):
    app = open_page("what_if", **HERE)
    said = words(app)
    assert "No difference: the lowest balance stays " in said
    assert "No lever changes anything yet" in said
    assert "Estimated 60%, between 30% and 100%: what other ledgers show" in said
    assert box(app, "slider", "Customers follow the terms for").value == 60


@pytest.mark.slow
def test_a_lever_is_pulled_and_the_outcome_follows(open_page):
    app = open_page("what_if", **HERE)
    box(app, "number_input", "More or fewer days").set_value(-20).run()
    assert not app.exception
    assert "Largest difference in wk" in words(app)
    before = app.metric[2].value
    box(app, "slider", "Customers follow the terms for").set_value(100).run()
    assert app.metric[2].value != before
    assert any("as given" in part for part in words(app).split("\n"))
    box(app, "button", "As estimated").click().run()
    assert app.metric[2].value == before
    assert box(app, "slider", "Customers follow the terms for").value == 60


def test_what_is_not_sensible_is_said_at_its_box_and_gives_no_result(open_page):
    app = open_page("what_if", **HERE)
    box(app, "number_input", "More or fewer days").set_value(-400).run()
    assert [error.value for error in app.error] == ["Write a whole number from \\-180 to 180\\."]
    assert "No result" in app.info[0].value
    assert len(app.metric) == 0
    box(app, "number_input", "More or fewer days").set_value(-40).run()
    # Terms of 30 days: only the books can tell.
    assert "makes terms of -10 days" in words(app)
    assert len(app.metric) == 0


def test_an_unknown_segment_of_a_link_is_said_at_its_box(open_page):
    app = open_page("what_if", **HERE, draft=draft('kind = "delay"\ndays = 3\nsegment = "retail"'))
    assert "There is no segment 'retail'; there are Groot, Klein." in words(app)
    assert len(app.metric) == 0


@pytest.mark.parametrize("text", ["name = 1", "x", draft('kind = "terms"\ndays = -400')])
def test_a_link_that_is_no_scenario_is_left_out(open_page, text):
    app = open_page("what_if", **HERE, draft=text)
    assert "The address asked for something that is not there (scenario)" in words(app)
    assert "No difference" in words(app)


@pytest.mark.slow
def test_every_lever_can_be_added_and_taken_away(open_page):
    app = open_page("what_if", **HERE)
    box(app, "button", "Remove").click().run()
    assert "No levers: the scenario is the forecast" in words(app)
    for count, kind in enumerate(
        [
            "discount",
            "instalments",
            "effort",
            "delay",
            "default",
            "sales",
            "supplier_terms",
            "flow",
            "target",
        ],
        start=1,
    ):
        box(app, "menu_button", "Add a lever").set_value(kind).run()
        assert not app.exception
        assert not app.error, (kind, [error.value for error in app.error])
        assert len([one for one in app.button if one.label == "Remove"]) == count
    assert "What the discount costs a year" in str([table.value for table in app.table])


@pytest.mark.slow
def test_a_scenario_is_saved_opened_by_its_link_changed_and_thrown_away(open_page, made):
    app = open_page("what_if", **HERE)
    box(app, "number_input", "More or fewer days").set_value(-10).run()
    box(app, "button", "Save scenario").click().run()
    assert "Give the scenario a name." in words(app)
    box(app, "text_input", "Name").set_value(HOSTILE).run()
    box(app, "button", "Save scenario").click().run()
    assert not app.exception
    assert app.query_params["scenario"] == [HOSTILE] or app.query_params["scenario"] == HOSTILE
    saved = dict(made.books().ask("scenarios").select("name", "toml").iter_rows())
    assert parse(saved[HOSTILE]).levers[0].values["change"] == -10

    again = open_page("what_if", **HERE, scenario=HOSTILE)
    assert box(again, "number_input", "More or fewer days").value == -10
    box(again, "number_input", "More or fewer days").set_value(-12).run()
    box(again, "button", "Save scenario").click().run()
    saved = dict(made.books().ask("scenarios").select("name", "toml").iter_rows())
    assert parse(saved[HOSTILE]).levers[0].values["change"] == -12

    other = open_page("what_if", **HERE)
    box(other, "text_input", "Name").set_value(HOSTILE).run()
    box(other, "button", "Save scenario").click().run()
    assert "A scenario of this name is saved already" in words(other)
    again.button(key="drop-0-yes").click().run()
    assert HOSTILE not in made.books().ask("scenarios")["name"].to_list()


@pytest.mark.slow
def test_nobodys_change_of_a_saved_scenario_is_lost(open_page, made):
    saved_scenarios.save(made.store, parse(draft('kind = "terms"\nchange = -3', name="shared")))
    app = open_page("what_if", **HERE, scenario="shared")
    saved_scenarios.save(made.store, parse(draft('kind = "terms"\nchange = -4', name="shared")))
    box(app, "number_input", "More or fewer days").set_value(-5).run()
    box(app, "button", "Save scenario").click().run()
    assert "Somebody else changed this scenario meanwhile" in words(app)
    saved = dict(made.books().ask("scenarios").select("name", "toml").iter_rows())
    assert parse(saved["shared"]).levers[0].values["change"] == -4
    saved_scenarios.delete(made.store, "shared")


@pytest.mark.slow
def test_saved_scenarios_stand_beside_the_base(open_page, made):
    for place, change in enumerate((-9, 9)):
        saved_scenarios.save(made.store, parse(draft(f'kind = "terms"\nchange = {change}', name=f"s{place}")))
    app = open_page("what_if", **HERE, part="compare")
    assert box(app, "multiselect", "Scenarios to compare, at most four").value == ["s0", "s1"]
    assert "Side by side" in words(app)
    rows = app.dataframe[0].value
    assert rows["scenario"].to_list() == ["Base case", "s0", "s1"]
    link = open_page("what_if", **HERE, part="compare", beside="s1\nnone")
    assert box(link, "multiselect", "Scenarios to compare, at most four").value == ["s1"]
    assert "not there (scenario)" in words(link)
    for place in range(2):
        saved_scenarios.delete(made.store, f"s{place}")
    assert "No scenario is saved yet." in words(open_page("what_if", **HERE, part="compare"))


@pytest.mark.slow
def test_as_known_on_an_earlier_day_nothing_can_be_saved(open_page):
    app = open_page("what_if", **HERE, known_on="2030-01-01")
    assert box(app, "button", "Save scenario").disabled


@pytest.mark.slow
def test_working_capital_tells_what_a_day_ties_up(open_page):
    app = open_page("what_if", **HERE, part="capital", dio="20")
    said = words(app)
    assert "A day of DSO ties up " in said
    assert "Collection can free " in said
    assert "DSO + DIO − DPO, in days" in said
    # The cash cycle is the sum of the others.
    dso, dio, dpo, cycle = (float(metric.value) for metric in app.metric[:4])
    assert cycle == pytest.approx(dso + dio - dpo, abs=0.15)
    without = open_page("what_if", **HERE, part="capital")
    assert "not known here: days in stock" in words(without)


def test_money_has_its_price_and_a_wrong_one_is_said(open_page):
    flow = f'kind = "flow"\ndate = {START}\namount = 36500.00'
    app = open_page("what_if", **HERE, draft=draft(flow), rate="12")
    facts = str([table.value for table in app.table]).replace("\\", "")
    # 36,500 for 13 weeks at 12%: 36,500 x .12 x 91 / 365 = 1,092, an expectation.
    assert "at 12.0% a year" in facts
    assert "+€1,000" in facts
    assert "Write a number from 0 to 100." in words(open_page("what_if", **HERE, rate="130"))


@pytest.mark.slow
@pytest.mark.parametrize("part", ["whatif", "compare", "capital"])
@pytest.mark.parametrize("day", ["2026-09-02", "2026-09-06", "2027-03-01"])
def test_any_day_of_a_small_book_is_shown(open_on_three, part, day):
    app = open_on_three("what_if", as_of=day, part=part)
    assert not app.error
    assert "could not be shown" not in words(app)


@pytest.mark.slow
def test_amounts_are_written_anew_when_the_language_changes(open_page):
    flow = f'kind = "flow"\ndate = {START}\namount = 36500.00'
    app = open_page("what_if", **HERE, draft=draft(flow))
    assert box(app, "text_input", "Amount").value == "36,500.00"
    before = app.metric[2].value
    app.query_params["lang"] = "nl"
    app.run()
    assert box(app, "text_input", "Bedrag").value == "36.500,00"
    assert not app.error
    assert app.metric[2].value.replace("\xa0", "").replace(".", ",") == before


@pytest.mark.slow
def test_back_to_the_base_forgets_what_was_pulled(open_page):
    app = open_page("what_if", **HERE, draft=draft('kind = "terms"\nchange = -20'))
    assert "No difference" not in words(app)
    box(app, "button", "Back to base").click().run()
    assert "No difference" in words(app)
    assert "draft" not in app.query_params


@pytest.mark.slow
def test_the_step_back_of_the_browser_takes_a_lever_back(open_page):
    app = open_page("what_if", **HERE)
    for change in (-20, -25):
        box(app, "number_input", "More or fewer days").set_value(change).run()
    app.query_params["draft"] = draft('kind = "terms"\nchange = -20')
    app.run()
    assert box(app, "number_input", "More or fewer days").value == -20
    del app.query_params["draft"]
    app.run()
    assert box(app, "number_input", "More or fewer days").value == 0
    assert "No difference" in words(app)


@pytest.mark.slow
def test_a_change_that_comes_with_an_older_address_undoes_no_lever(open_page):
    app = open_page("what_if", **HERE)
    before = dict(app.query_params)
    box(app, "menu_button", "Add a lever").set_value("discount").run()
    for name in [*app.query_params]:
        del app.query_params[name]
    for name, value in before.items():
        app.query_params[name] = value
    box(app, "number_input", "More or fewer days").set_value(-20).run()
    assert len(cards(app)) == 2
    assert box(app, "number_input", "More or fewer days").value == -20
    text = app.query_params["draft"]
    assert [lever.kind for lever in parse(text).levers] == ["terms", "discount"]


@pytest.mark.slow
def test_without_a_payment_model_payments_and_limits_can_still_be_asked(open_on_three):
    app = open_on_three("what_if", as_of="2026-11-22")
    assert "No levers: the scenario is the forecast" in words(app)
    box(app, "menu_button", "Add a lever").set_value("flow").run()
    assert "the lowest balance falls from" in words(app)
    box(app, "menu_button", "Add a lever").set_value("sales").run()
    assert "at least 30 paid invoices" in words(app)


def cards(app) -> list[str]:
    """The keys of the levers on screen, as far as Remove tells them."""
    return [button.key for button in app.button if button.label == "Remove"]


def report(app, *widgets) -> None:
    """Run the page on what a slow browser sends: choices in boxes that it no longer has to draw."""
    states = app._tree.get_widget_states()
    states.widgets.extend(widget._widget_state for widget in widgets)
    app._run(states)
    assert not app.exception


@pytest.mark.slow
def test_a_choice_that_is_reported_again_adds_no_second_lever(open_page):
    app = open_page("what_if", **HERE)
    menu = box(app, "menu_button", "Add a lever").set_value("discount")
    menu.run()
    assert len(cards(app)) == 2
    report(app, menu)
    report(app, menu, menu)
    box(app, "number_input", "Share of the amounts that takes it, %").set_value(40).run()
    report(app, menu)
    assert len(cards(app)) == 2
    # A new choice of the same kind is a choice.
    box(app, "menu_button", "Add a lever").set_value("discount").run()
    assert len(cards(app)) == 3


@pytest.mark.slow
def test_a_lever_removed_twice_takes_no_other_with_it_and_comes_back_once(open_page):
    app = open_page("what_if", **HERE)
    box(app, "number_input", "More or fewer days").set_value(-20).run()
    box(app, "menu_button", "Add a lever").set_value("discount").run()
    terms, discount = cards(app)
    remove = app.button(key=terms).click()
    remove.run()
    report(app, remove)
    assert cards(app) == [discount]
    assert "Payment term removed" in words(app)
    undo = box(app, "button", "Undo").click()
    undo.run()
    report(app, undo)
    assert cards(app) == [terms, discount]
    assert box(app, "number_input", "More or fewer days").value == -20


@pytest.mark.slow
def test_a_lever_removed_after_all_were_taken_away_breaks_nothing(open_page):
    app = open_page("what_if", **HERE)
    box(app, "number_input", "More or fewer days").set_value(-20).run()
    [terms] = cards(app)
    del app.session_state["whatif"]  # as a way back to the base leaves it whose run was broken off
    report(app, app.button(key=terms).click())
    assert box(app, "number_input", "More or fewer days").value == -20  # which the address still holds


@pytest.mark.slow
def test_a_lever_starts_on_a_day_of_its_own_that_the_address_holds(open_page):
    app = open_page("what_if", **HERE)
    box(app, "number_input", "More or fewer days").set_value(-20).run()
    later = START + timedelta(days=35)
    box(app, "date_input", "Start of this lever").set_value(later).run()
    assert not app.exception
    assert f"start = {later}" in str(app.query_params["draft"])
    assert "from 3 Aug 2026" in words(app).replace("\xa0", " ")
    link = open_page("what_if", **HERE, draft=draft(f'kind = "terms"\nchange = -20\nstart = {later}'))
    assert box(link, "date_input", "Start of this lever").value == later
    box(link, "date_input", "Start date").set_value(later + timedelta(days=1)).run()
    assert "Start, 2026-08-03, is before the start of the scenario, 2026-08-04." in words(link)


def test_two_levers_of_one_kind_are_warned_of(open_page):
    discount = 'kind = "discount"\npercent = 2\ndays = 8\nuptake = 0.3'
    app = open_page("what_if", **HERE, draft=draft(discount, discount))
    assert "Levers 1 and 2 are both Early-payment discount" in words(app)
    assert "both count" not in words(open_page("what_if", **HERE, draft=draft(discount)))
