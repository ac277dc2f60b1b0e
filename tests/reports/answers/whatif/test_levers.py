"""The record of a lever kind is all there is to write for a new kind: file, form, effect, text, tornado."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest

from data.errors import ScenarioError
from reports import language
from reports.answers.whatif import lever_form
from reports.answers.whatif.assumption_text import assumptions
from reports.answers.whatif.json_output import as_json
from reports.answers.whatif.lever import Key, Lever
from reports.answers.whatif.lever_kind import LeverKind, half_again
from reports.answers.whatif.lever_text import lever_summary
from reports.answers.whatif.levers import KINDS
from reports.answers.whatif.scenario_file import parse, to_toml
from reports.answers.whatif.sensitivity import sensitivity
from reports.answers.whatif.tornado_text import tornado_rows
from tests.apps import words
from tests.books import AS_OF, Desk
from tests.reports.answers.whatif.scenarios import HEAD, column, evaluate_levers, evaluate_toml

pytestmark = pytest.mark.usefixtures("english")


def _receipts(effect, flows, which, _reactions, _start):
    share = float(effect.lever.decimal("share"))
    return replace(flows, by_day=np.where(which[:, None], flows.by_day * (1 - share), flows.by_day)), effect


def _assumptions(effect, _context):
    yield f"a factor collects {effect.lever.decimal('share'):.0%} of the invoices."


FACTORING = LeverKind(
    name="factoring",
    label=lambda: "Factoring",
    help=lambda: "A share of the invoices is collected by a factor.",
    keys=(Key("share", "share", 0, 1, label=lambda: "Share of the invoices, %"),),
    first_values=lambda _as_of: {"share": Decimal("0.2")},
    summary=lambda lever: f"{lever.decimal('share'):.0%}",
    assumptions=_assumptions,
    receipts=_receipts,
    stronger=half_again("share"),
)
LEVER = Lever("factoring", {"share": Decimal("0.2")})


@pytest.fixture(autouse=True)
def eleventh_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, "factoring", FACTORING)


def test_its_keys_are_read_from_a_file_and_written_again():
    scenario = parse(f'{HEAD}[[lever]]\nkind = "factoring"\nshare = 0.2\n')
    assert scenario.levers == (LEVER,)
    assert parse(to_toml(scenario)) == scenario
    with pytest.raises(ScenarioError, match=r"share must be a number from 0 to 1, not 2\."):
        parse(f'{HEAD}[[lever]]\nkind = "factoring"\nshare = 2\n')


def test_the_form_has_its_box_and_makes_it():
    typed = lever_form.new_lever(FACTORING, as_of=AS_OF, largest=None)
    assert typed["share"] == 20.0
    assert [key.label() for key in lever_form.boxes(FACTORING)] == ["Share of the invoices, %"]
    scenario, refusals = lever_form.scenario_of(lever_form.Draft(levers=(typed,)))
    assert refusals == []
    assert scenario.levers == (LEVER,)
    assert lever_summary(LEVER, {}) == "Factoring 20%, everybody"


def test_its_effect_is_applied_and_its_assumption_and_figures_are_shown(ground):
    what_if = evaluate_toml(ground, 'kind = "factoring"\nshare = 0.2')
    fifth = -0.2 * ground.flows.per_week()
    assert [float(value) for value in column(what_if, "receipts")] == pytest.approx(fifth, abs=0.02)
    assert "Lever 1 (Factoring): a factor collects 20% of the invoices." in assumptions(what_if)
    assert as_json(what_if)["levers"][0]["kind"] == "factoring"


def test_the_tornado_leaves_it_out_and_makes_it_half_as_strong_again(ground):
    rows = tornado_rows(sensitivity(ground, evaluate_levers(ground, LEVER)))
    [swing] = rows.filter(assumption="Factoring").to_dicts()
    assert (swing["low_said"], swing["high_said"]) == ("30%", "without")
    assert swing["low_effect"] < 0 < swing["high_effect"]


@pytest.fixture
def desk(book: Desk) -> Desk:
    """The fixture `open_page` opens this one."""
    return book


@pytest.mark.slow
def test_the_page_offers_it(open_page):
    app = open_page("what_if", as_of=AS_OF.isoformat())
    [offered] = [box for box in app.get("menu_button") if box.label == "Add a lever"]
    assert "Factoring" in offered.options
    offered.set_value("factoring").run()
    assert not app.exception
    assert "Lever 2 (Factoring): a factor collects 20% of the invoices." in words(app)


def test_every_kind_has_words_in_both_languages():
    texts = {}
    for spoken in ("en", "nl"):
        language.use(spoken)
        kinds = [kind for kind in KINDS.values() if kind is not FACTORING]
        texts[spoken] = [(kind.label(), kind.help()) for kind in kinds]
    assert len(texts["en"]) == 10
    assert all(
        english != dutch
        for pair in zip(texts["en"], texts["nl"], strict=True)
        for english, dutch in zip(*pair, strict=True)
    )
