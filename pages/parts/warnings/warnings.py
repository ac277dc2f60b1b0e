"""Blocks of early warning beside its list: the map of level and change, the rules, the muted signals."""

from dataclasses import replace

import polars as pl
import streamlit as st

from pages.parts.context import background_runs, books, browser, choices
from pages.parts.context.view import View
from pages.parts.widgets import blocks, edit_session, escape, exports, tables, text_tables
from reports import figures
from reports.answers.shared import warning_rules
from reports.answers.shared.finding import Finding
from reports.answers.warnings import map_rows, rule_settings, rule_text, warnings
from reports.answers.warnings import text as warnings_text
from reports.answers.warnings.warnings import EarlyWarnings
from reports.language import _, _p

NUMBERED = 15
_RATES = ("rule_name", "came_true", "least_came_true")
_HIDDEN_RATES = ("rule_name", "raised", "came_true", "verdict_said")
_SWITCHES = "warning-rules"


def warnings_of(view: View) -> EarlyWarnings:
    """Return the early warnings of a view, with the chances of its forecast."""
    outcome = background_runs.early_warnings(view)
    ahead = background_runs.forecast(view)
    chances = warnings.of_forecast(ahead.invoices, ahead.as_of)
    return warnings.early_warnings(outcome, books.ask("mutes", view), chances)


def level_and_shift(view_warnings: EarlyWarnings, view: View) -> None:
    """Draw how late customers are now, and how much later they pay than before."""
    rows = map_rows.with_codes(view_warnings.scores)
    can_be_drawn = not rows.drop_nulls(["level", "shift"]).is_empty()
    figure = None if not can_be_drawn else figures.level_shift(
        rows, theme=browser.theme(), limits=view_warnings.limits, currency=view.reporting_currency,
        numbered=NUMBERED, compact=browser.is_phone(),
    )  # fmt: skip
    finding = warnings_text.level_and_shift(view_warnings.scores, view_warnings.limits)
    if figure is None:
        finding = Finding(finding.title)  # the rest tells how to read the dots
    whole = replace(background_runs.whole_company(view), as_of=view.as_of)
    opens = map_rows.of_map(rows, books.source(whole))
    blocks.chart(
        finding, figure, name="level-shift", view=view, key="map", rows=view_warnings.scores, opens=opens
    )


def rules(view_warnings: EarlyWarnings, view: View) -> None:
    """Draw how often each rule was right on this ledger's past, and which are shown."""
    finding = rule_text.rules(view_warnings.rules)
    rows = rule_text.rule_rows(view_warnings.rules)
    edit_session.show_result(_SWITCHES)
    blocks.heading(rule_text.rules_on_screen(view_warnings.rules), key="rules")
    if rule_text.can_tell(view_warnings.rules):
        shown = view_warnings.rules.filter("is_shown").height
        text_tables.table(rows.head(shown), view, key="rules", columns=_RATES)
        with st.expander(rule_text.hidden_rules(rows.height - shown)):
            text_tables.table(rows.slice(shown), view, key="hidden-rules", columns=_HIDDEN_RATES)
            st.caption(escape.plain(finding.method))
            exports.downloads(
                "early-warning-rules", view, rows, title=finding.title, method=finding.method, key="rules"
            )
    with st.expander(_("Show or hide a rule")):
        _switches(view_warnings, view)
    with st.expander(_("What each rule compares")):
        tables.facts(list(rows.select("rule_name", "meaning").iter_rows()), key="meanings")


def _switches(view_warnings: EarlyWarnings, view: View) -> None:
    """Draw the setting of every rule."""
    if not edit_session.is_open(view):
        return
    known = edit_session.latest_batch_at()
    current = rule_settings.rule_settings(books.ask("settings", view))
    edit = edit_session.start(_SWITCHES, current, known)
    chosen = {}
    with st.form(f"{edit.key}-form", border=False):
        st.caption(rule_text.switches_help(current.target))
        for rule in view_warnings.rules["rule"]:
            chosen[rule] = choices.selectbox(
                warning_rules.rule_name(rule),
                rule_settings.SWITCHES,
                index=rule_settings.SWITCHES.index(current.switches.get(rule, "auto")),
                words=warning_rules.switch_name,
                key=f"{edit.key}-{rule}",
            )
        is_saved = st.form_submit_button(_p("button", "Save"), icon=":material/save:", key=f"{edit.key}-save")
    if is_saved:
        changes = rule_settings.changes(edit.before, chosen)
        edit_session.save(_SWITCHES, edit, "settings", changes, lambda: _("The rules were set."))


def mutes(view_warnings: EarlyWarnings, view: View) -> None:
    """Draw the muted signals with reason and last day."""
    rows = view_warnings.signals.filter("is_shown").drop_nulls("muted_until")
    if rows.is_empty():
        return
    with blocks.card("muted"):
        blocks.heading(warnings_text.mutes(rows), key="muted")
        text_tables.table(
            warnings_text.signal_rows(rows, view.reporting_currency),
            view,
            key="muted",
            columns=("customer_name", "rule_name", "muted_until", "mute_reason"),
        )


def sheets(view_warnings: EarlyWarnings, rows: pl.DataFrame, currency: str) -> dict[str, pl.DataFrame]:
    """Return the sheets of the export: customers, their signals, the rules."""
    customers = rows["customer_id"].implode()
    signals = view_warnings.signals.filter(pl.col("is_shown"), pl.col("customer_id").is_in(customers))
    return {
        _p("sheet", "Customers"): warnings_text.customer_rows(view_warnings, rows, currency),
        _p("sheet", "Signals"): warnings_text.signal_rows(signals, currency),
        _p("sheet", "Rules"): rule_text.rule_rows(view_warnings.rules),
    }
