"""The settings as typed on the screen: their present values, the rows to write, and what cannot be."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from itertools import pairwise

import polars as pl

from data import clock
from data.check_digits import is_mod_97
from data.importers.rules import RULES
from reports.answers.settings import fields
from reports.answers.settings.fields import Setting
from reports.answers.shared.finding import Finding
from reports.answers.shared.forms import Changes, NotAnAmountError, Problem, amount, amount_text, text
from reports.formats import in_sentence, money, rate
from reports.sentences import translate
from reports.translation import _, _p

_AFTER_DUE = ("step_friendly_days", "step_formal_days", "step_final_days", "step_hand_over_days")
_ROWS = pl.Schema({"key": pl.String(), "value": pl.String()})
_NUMBERS = ("amount", "number")  # read in the format of the language


def current_values(
    settings: Sequence[Setting], values: Mapping[str, str], entity: str | None = None
) -> dict[str, str]:
    """Return what is set, as it can be typed over; empty where nothing is.

    Args:
        settings: those of the form.
        values: value by key, of the query `settings`.
        entity: the administration whose own settings they are; None: the company's.
    """
    return {setting.key: _typed(setting, values.get(own_key(setting, entity))) for setting in settings}


def fallback(setting: Setting, values: Mapping[str, str], entity: str | None = None) -> str:
    """Return what holds where the box is empty, as it would be typed; empty if nothing does."""
    is_own = own_key(setting, entity) != setting.key
    of_company = values.get(setting.key) if is_own and setting.is_inherited else None
    return _typed(setting, of_company or setting.usual or None)


def own_key(setting: Setting, entity: str | None) -> str:
    """Return the key in the store: with the administration where that may have its own."""
    return f"{setting.key}@{entity}" if entity and setting.is_of_entity else setting.key


def _typed(setting: Setting, stored: str | None) -> str:
    if not stored and setting.choices and "" not in setting.choices:
        return setting.usual
    if not stored or setting.kind not in _NUMBERS:
        return stored or ""
    try:
        value = Decimal(stored)
        return amount_text(value) if setting.kind == "amount" else rate(value, 2)
    except InvalidOperation:
        return stored


def changes(
    settings: Sequence[Setting],
    before: Mapping[str, str],
    after: Mapping[str, str | None],
    values: Mapping[str, str],
    entity: str | None = None,
) -> Changes:
    """Return the rows to write, or the problems with what was typed.

    Where a setting is emptied the usual value holds again; for an administration the company's.

    Args:
        settings: those of the form.
        before: of `current_values`.
        after: the same, as typed.
        values: value by key, of the query `settings`.
        entity: the administration whose own settings they are; None: the company's.
    """
    by_key = {setting.key: setting for setting in settings}
    typed = {key: _tidied(key, text(value)) for key, value in after.items()}
    new = {key: value for key, value in typed.items() if value != before[key]}
    problems = [*_read_amounts(by_key, new), *_emptied_currency(new)]
    # An amount written in another way is no change.
    new = {key: value for key, value in new.items() if _typed(by_key[key], value) != before[key]}
    rows = pl.DataFrame(
        [{"key": own_key(by_key[key], entity), "value": value or None} for key, value in new.items()],
        schema=_ROWS,
    )
    problems += [
        Problem("", name, translate(rule.reason(label=name)))
        for rule in RULES["settings"]
        for key in rows.filter(rule.broken & pl.col("value").is_not_null())["key"]
        if (name := fields.setting_name(_general(key)))
    ]
    problems += _iban_problems(new) if not problems else []
    return Changes(
        rows, changed=rows.height, problems=tuple(problems or _order(by_key, typed, values, entity))
    )


def _tidied(key: str, typed: str) -> str:
    """Return what was typed without the signs that people put between digits."""
    match key:
        case "company_iban" | "reporting_currency":
            return typed.replace(" ", "").upper()
        case "company_vat_id":
            return typed.replace(" ", "").replace(".", "").upper()
        case "company_kvk":
            digits = typed.replace(" ", "").replace(".", "")
            return digits if digits.isdigit() else typed
    return typed


def _read_amounts(by_key: Mapping[str, Setting], typed: dict[str, str]) -> list[Problem]:
    """Put amounts and numbers as the store has them in place of those typed; drop and return what is none."""
    problems = []
    for key in [key for key, value in typed.items() if by_key[key].kind in _NUMBERS and value]:
        try:
            value = amount(typed[key])
            typed[key] = "" if value is None else str(value)
            if value is not None and by_key[key].kind == "number":
                typed[key] = f"{value.normalize():f}"
        except NotAnAmountError as error:
            problems.append(Problem("", fields.setting_name(key), translate(error.message)))
            del typed[key]
            continue
        if value is not None and value < 0 and by_key[key].kind == "amount" and key != "minimum_cash":
            problems.append(Problem("", fields.setting_name(key), _("write an amount of 0 or more")))
            del typed[key]
    return problems


def _iban_problems(typed: Mapping[str, str]) -> list[Problem]:
    iban = typed.get("company_iban", "")
    if not iban or is_mod_97(iban):
        return []
    sentence = _("the check digits of this number are wrong: a digit is missing, or two are swapped")
    return [Problem("", fields.setting_name("company_iban"), sentence)]


def _emptied_currency(typed: Mapping[str, str]) -> list[Problem]:
    if typed.get("reporting_currency", "stays"):
        return []
    return [
        Problem(
            "", fields.setting_name("reporting_currency"), _("once set, it can be changed but not emptied")
        )
    ]


def _order(
    by_key: Mapping[str, Setting], typed: Mapping[str, str], values: Mapping[str, str], entity: str | None
) -> list[Problem]:
    """Return the steps that come before an earlier one."""
    if not set(_AFTER_DUE) <= by_key.keys():
        return []
    in_effect = {key: typed[key] or fallback(by_key[key], values, entity) for key in _AFTER_DUE}
    days = [(key, int(value)) for key, value in in_effect.items()]
    return [
        Problem(
            "",
            fields.setting_name(later),
            _(
                "comes not before “{earlier}”: at least {days} days",
                earlier=fields.setting_name(earlier),
                days=least,
            ),
        )
        for (earlier, least), (later, days_later) in pairwise(days)
        if days_later < least
    ]


def _general(key: str) -> str:
    return key.partition("@")[0]


def heading(part: str, entity: str | None = None) -> Finding:
    """Return the words above the form of a part; the administration's name is from data."""
    method = {
        "sender": _("What stands under letters and in the file for a collection agency."),
        "steps": _("When each step is up to, counted from the due date, and what it names as costs."),
        "letters": _("Your own words above the invoices of a letter, per language. Empty: the usual words."),
        "cash": _(
            "Headroom is the closing balance plus the credit line, less the minimum. "
            "The chance of less than the minimum leaves the credit line out."
        ),
        "targets": _(
            "What the figures are to reach: a grey line in their charts on KPI trends. Empty: no target."
        ),
        "warnings": _("Which customers are flagged, and by which rules. Each holds for the whole company."),
        "books": _("What interest, terms, VAT and claims depend on. Each holds for the whole company."),
    }[part]
    if entity and part in {"sender", "steps", "letters", "targets"}:
        return Finding(_("{part} of {entity}", part=fields.part_name(part), entity=entity), method)
    return Finding(fields.part_name(part), method)


def caption(
    setting: Setting, values: Mapping[str, str], saved: Mapping[str, datetime], entity: str | None = None
) -> str:
    """Return what stands below a box: what the setting is for, and since when it holds.

    Args:
        setting: the setting.
        values: value by key, of the query `settings`.
        saved: instant (UTC) by key, of the query `setting_dates`.
        entity: the administration whose own settings they are; None: the company's.
    """
    key = own_key(setting, entity)
    purpose = _(setting.purpose)
    if key in saved:
        return _("{purpose} · saved {day}", purpose=purpose, day=in_sentence(clock.local(saved[key]).date()))
    if key != setting.key and setting.is_inherited and values.get(setting.key):
        return _("{purpose} · as the company", purpose=purpose)
    if setting.usual:
        return _("{purpose} · usual", purpose=purpose)
    return _("{purpose} · not set", purpose=purpose)


def save_notice(written: Changes, currency: str) -> str:
    """Return which settings were saved; the names of administrations and groups are from data."""
    kinds = {setting.key: setting.kind for setting in fields.every()}
    names = []
    for key, value in written.rows.iter_rows():
        name = fields.setting_name(_general(key))
        is_amount = kinds.get(_general(key)) == "amount" and value
        names.append(f"{name} {money(Decimal(value), currency)}" if is_amount else name)
    return _("Saved: {what}.", what=", ".join(names))


def groups(rows: pl.DataFrame) -> list[str]:
    """Return the dunning groups to choose from; the rows are of `dunning_groups`."""
    return [str(group) for group in rows["dunning_group"]]


def all_customers() -> str:
    """Return the choice of no group."""
    return _p("group", "All customers")


def last_day(saved: Mapping[str, datetime]) -> date | None:
    """Return the day of the last setting that was saved; None if none ever was."""
    return max((clock.local(moment).date() for moment in saved.values()), default=None)
