"""The settings as records: name, what each is for, how it is typed, and its part of the screen."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from data.grains import (
    CASH_SOURCES,
    COMPANY_SIZES,
    LETTER_LANGUAGES,
    LETTERS,
    OF_ENTITY,
    SET_OFF_RULES,
    TARGETS,
    VAT_PERIODS,
    WARNING_RULES,
    WARNING_SWITCHES,
)
from reports.answers.shared import warning_rules
from reports.translation import _, _p, mark, mark_p

Kind = Literal["text", "amount", "number", "days", "steps", "choice", "words"]
# Steps other than the usual five: of everybody or an administration, and after a `/` of a dunning group.
LADDER = "steps"
GROUP = f"{LADDER}/"
_RULE = "warning_rule_"
PARTS = ("sender", "steps", "letters", "cash", "targets", "warnings", "books")


@dataclass(frozen=True)
class Setting:
    """One setting of the company.

    Attributes:
        key: in `settings.csv`.
        name: above its box; English, translated with the context `setting`.
        purpose: what it is for, in a few words below the box; English.
        kind: how it is typed.
        usual: what holds while it is not set, as it is typed; empty if nothing does.
        choices: codes to choose from.
        help: behind the question mark, where the purpose is not enough; English.
    """

    key: str
    name: str
    purpose: str
    kind: Kind = "text"
    usual: str = ""
    choices: tuple[str, ...] = ()
    help: str = ""

    @property
    def is_of_entity(self) -> bool:
        """Whether an administration may have its own."""
        return self.key.partition("/")[0] in OF_ENTITY

    @property
    def is_inherited(self) -> bool:
        """Whether an administration without its own has the company's: not the target of a part's amount."""
        return self.is_of_entity and not (self.key in TARGETS and self.kind == "amount")


_SENDER = (
    Setting("company_name", mark_p("setting", "Company name"), mark("under letters, creditor of a claim")),
    Setting("company_contact", mark_p("setting", "Contact person"), mark("under letters")),
    Setting("company_street", mark_p("setting", "Street and number"), mark("in the hand-over file")),
    Setting("company_postcode", mark_p("setting", "Postcode"), mark("in the hand-over file")),
    Setting("company_city", mark_p("setting", "City"), mark("in the hand-over file")),
    Setting(
        "company_kvk", mark_p("setting", "Chamber of commerce number"), mark("in the hand-over file"),
        help=mark("Eight digits; in another country its two letters and the number."),
    ),
    Setting("company_vat_id", mark_p("setting", "VAT number"), mark("in the hand-over file")),
    Setting("company_iban", mark_p("setting", "IBAN"), mark("where customers pay to")),
    Setting("company_email", mark_p("setting", "Mail address"), mark("under letters, sender of mail drafts")),
    Setting("company_phone", mark_p("setting", "Telephone"), mark("under letters")),
    Setting(
        "payment_link", mark_p("setting", "Payment link"), mark("per invoice in letters"),
        help=mark(
            "Begins with https://; {invoice}, {amount}, {currency} and {customer} in it are filled in per "
            "invoice."
        ),
    ),
)  # fmt: skip
_STEPS = (
    Setting(
        "step_pre_due_days", mark_p("setting", "Reminder, days before the due date"),
        mark("a short word ahead"), "days", "5",
    ),
    Setting(
        "step_friendly_days", mark_p("setting", "Friendly reminder, days late"), mark("first letter"), "days",
        "3",
    ),
    Setting(
        "step_formal_days", mark_p("setting", "Formal reminder, days late"), mark("second letter"), "days",
        "14",
    ),
    Setting(
        "step_final_days", mark_p("setting", "Final demand, days late"), mark("notice of default"),
        "days", "22",
    ),
    Setting(
        "step_hand_over_days", mark_p("setting", "Hand-over, days late"), mark("to a collection agency"),
        "days", "45",
    ),
    Setting(
        "contact_gap_days", mark_p("setting", "Days of rest after a contact"),
        mark("no new step in these days"), "days", "5",
    ),
)  # fmt: skip
_FEE_HELP = mark(
    "Fixed administration costs that letters to business and public customers name, in the reporting "
    "currency; letters to consumers never do. They are not in what is open or claimed: to charge them, "
    "book an invoice of their own. Empty: none, or for an administration those of the company; 0: none."
)
_FEES = tuple(
    Setting(key, name, mark("named in the letter, not claimed"), "amount", help=_FEE_HELP)
    for key, name in (
        ("fee_friendly", mark_p("setting", "Costs in the friendly reminder")),
        ("fee_formal", mark_p("setting", "Costs in the formal reminder")),
        ("fee_final", mark_p("setting", "Costs in the final demand")),
    )
)
_LADDER = Setting(
    LADDER, mark_p("setting", "Steps, in place of these five"), mark("other steps or other days"), "steps",
    help=mark(
        "In order, each with its days after the due date, as in `{example}`; `pre_due` counts before it. "
        "`friendly`, `formal` and `final` may stand more than once, any may be left out; `none` is no "
        "follow-up at all. Empty: the usual steps."
    ),
)  # fmt: skip
_LANGUAGE = Setting(
    "language", mark_p("setting", "Language"),
    mark("letters to customers without one, and the first screen"), "choice", choices=("", *LETTER_LANGUAGES),
)  # fmt: skip
_CASH = (
    Setting("minimum_cash", mark_p("setting", "Minimum cash"), mark("the red line"), "amount", "0"),
    Setting("credit_line", mark_p("setting", "Credit line"), mark("counts in the headroom"), "amount", "0"),
    Setting(
        "cost_of_money", mark_p("setting", "Cost of money, % a year"),
        mark("what earlier cash is worth, in What-if"), "number", "6",
    ),
    Setting(
        "days_in_stock", mark_p("setting", "Days in stock (DIO)"), mark("the cash cycle needs them"), "number"
    ),
)  # fmt: skip
_TARGET_LINE = mark("a line in its chart on KPI trends")
_TARGETS = (
    Setting("target_receivables", mark_p("setting", "Receivables at most"), _TARGET_LINE, "amount"),
    Setting("target_overdue", mark_p("setting", "Overdue at most"), _TARGET_LINE, "amount"),
    Setting(
        "target_d90_plus_share", mark_p("setting", "Over 90 days at most, %"), _TARGET_LINE, "number"
    ),
    Setting(
        "target_dso_countback", mark_p("setting", "DSO by countback at most, days"), _TARGET_LINE, "number"
    ),
    Setting(
        "target_days_late", mark_p("setting", "Days late at most"), _TARGET_LINE, "number",
        help=mark("Paid before the due date counts negative."),
    ),
    Setting("target_on_time_share", mark_p("setting", "Paid on time at least, %"), _TARGET_LINE, "number"),
)  # fmt: skip
_WARNING_SHARE = Setting(
    "warning_share", mark_p("setting", "Customers to flag at most, %"),
    mark("of those with something open, by rules that measure"), usual="10",
    help=mark("The limits of those rules follow from it and from the ledger's own past."),
)  # fmt: skip
_WARNING_RULES = tuple(
    Setting(
        f"{_RULE}{rule}",
        "",
        mark("a fact: shown unless never")
        if rule in {"broken_promise", "bounces", "credit_limit"}
        else mark("its hit rate stands on Early warning"),
        "choice",
        "auto",
        WARNING_SWITCHES,
    )
    for rule in WARNING_RULES
)
_BOOKS = (
    Setting(
        "company_size", mark_p("setting", "Size of the company"),
        mark("large customers of a smaller company pay within 30 days"), "choice",
        choices=("", *COMPANY_SIZES),
    ),
    Setting(
        "large_size_classes", mark_p("setting", "Size classes that are large"),
        mark("of customers, with commas between them"), usual="large,groot",
    ),
    Setting(
        "vat_period", mark_p("setting", "VAT return"), mark("when VAT on bad debts is due back"), "choice",
        choices=("", *VAT_PERIODS),
    ),
    Setting(
        "set_off", mark_p("setting", "Set-off of credit"), mark("which credit lowers what a customer owes"),
        "choice", choices=("", *SET_OFF_RULES),
    ),
    Setting(
        "cash_source", mark_p("setting", "Payments come from"),
        mark("what settles the invoices where bank statements are loaded too"), "choice",
        choices=("", *CASH_SOURCES),
        help=mark(
            "Empty: the bank, unless the bookkeeping gives payments too; then the bank only proposes."
        ),
    ),
    Setting(
        "closed_until", mark_p("setting", "Closed up to and including"),
        mark("no payment is applied from the bank on or before this day: 2026-12-31"),
    ),
    Setting(
        "waive_below", mark_p("setting", "Written off below this is waived"),
        mark("small differences are not claimed any more"), "amount", "5",
    ),
    Setting(
        "discount_grace_days", mark_p("setting", "Days a discount is still granted"),
        mark("after its last day"), "days", "0",
    ),
    Setting(
        "post_delivery", mark_p("setting", "Delivery of post"),
        mark("when a letter counts as received"),
        help=mark(
            "First day of posting, which delivery day after it, and the days of delivery: "
            "2027-07-01 3 tue wed thu fri sat. Empty: the rules that come with Kasstroom."
        ),
    ),
    Setting(
        "reporting_currency", mark_p("setting", "Reporting currency"),
        mark("a change converts all amounts anew"),
        help=mark("Exchange rates loaded before are then taken as worth in the new currency."),
    ),
    Setting(
        "time_zone", mark_p("setting", "Time zone"), mark("when a day begins"), usual="Europe/Amsterdam"
    ),
)  # fmt: skip
_BLOCKS = {
    "sender": (_SENDER,),
    "cash": (_CASH,),
    "targets": (_TARGETS,),
    "warnings": ((_WARNING_SHARE,), _WARNING_RULES),
    "books": (_BOOKS, (_LANGUAGE,)),
}


def of_part(part: str, *, group: str = "", step: str = "") -> tuple[tuple[Setting, ...], ...]:
    """Return the settings of a part of the screen, in blocks that begin on a row of their own.

    Args:
        part: one of `PARTS`.
        group: of the steps, those of this dunning group alone; empty: of everybody.
        step: of the letters, the words of this one.
    """
    match part:
        case "steps":
            return ((ladder_of(group),),) if group else (_STEPS, (_LADDER,), _FEES)
        case "letters":
            return (tuple(words_of(step, language) for language in LETTER_LANGUAGES),)
        case _:
            return _BLOCKS[part]


def ladder_of(group: str) -> Setting:
    """Return the setting of the steps of a dunning group; its name is from data."""
    return Setting(f"{GROUP}{group}", "", _LADDER.purpose, "steps", help=_LADDER.help)


def words_of(step: str, language: str) -> Setting:
    """Return the setting of the opening words of a letter in a language."""
    return Setting(f"words_{step}_{language}", "", mark("in place of the usual opening words"), "words")


def every() -> Iterable[Setting]:
    """Return all settings of the screen, without those of dunning groups."""
    for part in PARTS:
        for step in LETTERS if part == "letters" else ("",):
            for settings in of_part(part, step=step):
                yield from settings


def part_name(part: str) -> str:
    """Return the name of a part of the screen."""
    return {
        "sender": _p("part", "Sender"),
        "steps": _p("part", "Steps and costs"),
        "letters": _p("part", "Words of letters"),
        "cash": _p("part", "Minimum and credit line"),
        "targets": _p("part", "Targets"),
        "warnings": _p("part", "Early warning"),
        "books": _p("part", "Rules and language"),
    }[part]


def setting_name(key: str) -> str:
    """Return the name of a setting, by its key without administration; that of a group is from data."""
    if key.startswith(GROUP):
        return _("Steps of group {group}", group=key.removeprefix(GROUP))
    if key.startswith("words_"):
        step, language = key.removeprefix("words_").rsplit("_", 1)
        return _("{letter}, {language}", letter=letter_name(step), language=language_name(language))
    if key.startswith(_RULE):
        return warning_rules.rule_name(key.removeprefix(_RULE))
    return _p("setting", _NAMES[key])


def letter_name(step: str) -> str:
    """Return the name of a letter, by its step."""
    return {
        "pre_due_reminder": _("Reminder before the due date"),
        "friendly_reminder": _("Friendly reminder"),
        "call": _("Letter beside a call"),
        "formal_reminder": _("Formal reminder"),
        "final_demand": _("Final demand"),
        "notice_14_days": _("14-day notice"),
        "hand_over": _("Letter of hand-over"),
    }[step]


def language_name(code: str) -> str:
    """Return the name of a language."""
    return {"nl": _p("language", "Dutch"), "en": _p("language", "English")}[code]


def choice_name(code: str) -> str:
    """Return the name of a choice."""
    if code in WARNING_SWITCHES:
        return warning_rules.switch_name(code)
    return {
        "": _("Not said"),
        "small": _p("size", "Small"),
        "medium": _p("size", "Medium-sized"),
        "large": _p("size", "Large"),
        "month": _("Every month"),
        "quarter": _("Every quarter"),
        "all": _("All credit of the customer"),
        "named": _("Only credit notes that name an invoice"),
        "none": _p("set-off", "None"),
        "bank": _("The bank"),
        "bookkeeping": _("The bookkeeping"),
        "nl": _p("language", "Dutch"),
        "en": _p("language", "English"),
    }[code]


def help_text(setting: Setting) -> str:
    """Return what stands behind the question mark of a setting; empty for nothing."""
    if not setting.help:
        return ""
    if setting.kind == "steps":
        return _(setting.help, example="pre_due:5 friendly:3 formal:14 formal:21 final:30 hand_over:45")
    braces = {name: f"{{{name}}}" for name in ("invoice", "amount", "currency", "customer")}
    return _(setting.help, **braces) if "{" in setting.help else _(setting.help)


_NAMES = {setting.key: setting.name for setting in every()}
