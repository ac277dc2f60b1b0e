"""The words that columns take, and the keys of `settings.csv` with their meanings."""

from collections.abc import Mapping
from types import MappingProxyType

from data.grains.settlements import SETTLEMENTS

CUSTOMER_TYPES = ("business", "consumer", "public")
CONTRACT_INTEREST_KINDS = ("fixed", "surcharge")
YES_NO = ("yes", "no")
INVOICE_TYPES = ("invoice", "credit_note")
SETTLEMENT_KINDS = tuple(kind.name for kind in SETTLEMENTS if kind.is_stated)
STEP_DAYS = (
    "step_pre_due_days", "step_friendly_days", "step_formal_days", "step_final_days", "step_hand_over_days",
    "contact_gap_days",
)  # fmt: skip
# What the setting `steps` calls the steps, in the order in which they may follow one another.
STEP_KINDS = ("pre_due", "friendly", "formal", "final", "hand_over")
COMPANY = (
    "company_name", "company_contact", "company_street", "company_postcode", "company_city", "company_kvk",
    "company_vat_id", "company_iban", "company_email", "company_phone", "payment_link",
)  # fmt: skip
LETTERS = (
    "pre_due_reminder", "friendly_reminder", "call", "formal_reminder", "final_demand", "notice_14_days",
    "hand_over",
)  # fmt: skip
LETTER_LANGUAGES = ("nl", "en")
# Words that stand above the invoices of a letter, per step and language.
LETTER_WORDS = tuple(f"words_{step}_{language}" for step in LETTERS for language in LETTER_LANGUAGES)
# Fixed costs that a letter names, in the order of the steps.
FEES = ("fee_friendly", "fee_formal", "fee_final")
# Figures of the KPI trends that a target can be set for.
TARGETS = (
    "target_receivables", "target_overdue", "target_d90_plus_share", "target_dso_countback",
    "target_days_late", "target_on_time_share",
)  # fmt: skip
# Settings that an administration may have of its own, after an `@`.
OF_ENTITY = (
    "steps", *STEP_DAYS, *FEES, *COMPANY, *LETTER_WORDS, *TARGETS, "cash_source", "closed_until",
)  # fmt: skip
# Settings that a dunning group of customers may have of its own, after a `/`.
OF_GROUP = ("steps",)
COMPANY_SIZES = ("small", "medium", "large")
VAT_PERIODS = ("month", "quarter")
SET_OFF_RULES = ("all", "named", "none")
# The rules of early warning, and how each can be set.
WARNING_RULES = (
    "level_now", "level_past", "shift", "exposure", "pay_weekday", "share_overdue", "broken_promise",
    "bounces", "silence", "short_payment", "dispute", "credit_limit", "concentration", "first_time",
    "no_order_number",
)  # fmt: skip
WARNING_SWITCHES = ("auto", "on", "off")
CASE_STATES = ("open", "paid", "partly_paid", "withdrawn", "uncollectable")
# What people decide of an entry of a bank account, and whose payments apply.
CASH_DECISIONS = ("confirmed", "rejected", "checked", "withdrawn")
# What becomes of what is short of a document: a discount, a charge that a bank kept, a credit note set off.
CASH_DIFFERENCES = ("discount", "write_off", "credit")
CASH_SOURCES = ("bank", "bookkeeping")
SOURCE_OUTCOMES = ("loaded", "nothing_new", "failed")
RUN_PARTS = ("weeks", "invoices", "payments")
# A contact may be of any kind; these are the ones the worklist and claims know.
CONTACT_KINDS = (
    "pre_due_reminder", "friendly_reminder", "formal_reminder", "final_demand", "notice_14_days", "hand_over",
    "call", "reply", "question",
)  # fmt: skip
CONTACT_DIRECTIONS = ("out", "in")
# What came of a contact.
CONTACT_OUTCOMES = ("promised", "no_answer", "call_back", "dispute", "wrong_invoice", "other")
# What somebody may type about whom to speak to, in place of what `customers.csv` says.
CONTACT_DETAILS = ("contact_name", "contact_function", "phone", "email", "street", "postcode", "city")
REPEATS = ("none", "weekly", "biweekly", "4-weekly", "monthly", "quarterly", "half-yearly", "yearly")

# Key -> meaning, for `docs/files.md`.
SETTINGS: Mapping[str, str] = MappingProxyType(
    {
        "reporting_currency": (
            "currency to which everything is converted; a change derives the whole store again, and rates "
            "loaded before are then taken as worth in the new one. `load --reporting-currency EUR` does the "
            "same without a file. Where it is not set, it is the commonest currency without exchange rates; "
            "as soon as the books hold amounts of several currencies, or rates, it stays as it is, and "
            "`check` names every change"
        ),
        "demo_company": (
            "`yes`: these books are an invented company, as `demo` makes it; screens say so and take no files"
        ),
        "minimum_cash": (
            "bank balance not to fall below, in the reporting currency: the forecast says per week how "
            "likely it is to"
        ),
        "credit_line": "amount the bank lends beyond the balance; the headroom counts it in",
        "cost_of_money": (
            "what money costs a year, a percentage from 0 to 100: a what-if values earlier cash with it; "
            "6 unless set"
        ),
        "days_in_stock": (
            "days that goods lie in stock, from 0 to 999: part of the cash cycle of `kpi` and `kpi_trend`"
        ),
        "target_receivables": (
            "target of the KPI trends: receivables at most, in the reporting currency. An administration has "
            "its own amount or none, as it is a part of the company; of shares and days it has the company's "
            "where it has none"
        ),
        "target_overdue": "such a target: overdue at most, in the reporting currency",
        "target_d90_plus_share": "such a target: share over 90 days at most, a percentage from 0 to 100",
        "target_dso_countback": "such a target: DSO by countback at most, in days",
        "target_days_late": "such a target: days late at most; early is negative",
        "target_on_time_share": "such a target: share paid on time at least, a percentage from 0 to 100",
        "step_pre_due_days": "the worklist's reminder before the due date: 5 days before it unless set",
        "step_friendly_days": "its friendly reminder: 3 days after the due date unless set",
        "step_formal_days": "its formal reminder: 14 days after the due date unless set",
        "step_final_days": "its final demand: 22 days after the due date unless set",
        "step_hand_over_days": "its hand-over to an agency: 45 days after the due date unless set",
        "steps": (
            "other steps than these five, in their order, each with its days after the due date "
            "(`pre_due`: before it): `pre_due:5 friendly:3 formal:14 formal:21 final:30 hand_over:45`. Days "
            "and kinds never go back; a kind may be left out or, save `pre_due` and `hand_over`, stand more "
            "than once; `none`: no follow-up at all. A consumer gets one 14-day notice, where `final` first "
            "stands, or on the day of the hand-over before it"
        ),
        "contact_gap_days": "least number of days between two contacts: 5 unless set",
        "fee_friendly": (
            "fixed administration costs that the friendly reminder to a business or public customer names, "
            "in the reporting currency: none unless set, or at 0.00. They are never named to a consumer "
            "(art. 6:96 lid 5 and 6 BW), nor in a letter about another currency. They are not in what is "
            "open, owed or claimed: costs that are really charged are booked as an invoice of their own"
        ),
        "fee_formal": "such costs of the formal reminder",
        "fee_final": "such costs of the final demand",
        "company_name": "sender of reminders, and creditor in the hand-over file",
        "company_contact": "person to ask for, in reminders and the hand-over file",
        "company_street": "street and house number of the sender",
        "company_postcode": "postcode of the sender",
        "company_city": "place of the sender",
        "company_kvk": (
            "number of the sender at the chamber of commerce: eight digits, or in another country its two "
            "letters and the number, as `BE 0123.456.749`"
        ),
        "company_vat_id": "VAT identification number of the sender, without spaces",
        "company_iban": "bank account in reminders",
        "company_email": "mail address in reminders",
        "company_phone": "telephone number in reminders",
        "payment_link": (
            "link in reminders, per invoice: an `https://` address with `{invoice}`, `{amount}`, "
            "`{currency}` and `{customer}` where they belong"
        ),
        "company_size": (
            "`small`, `medium` or `large`, of the company itself: a large customer of a small or medium "
            "company pays within 30 days at most"
        ),
        "large_size_classes": (
            "values of a customer's `size_class` that count as large, with commas between them: `large,groot`"
        ),
        "post_delivery": (
            "when letters count as received, in place of the rules of `data/law/post_delivery.csv`: first "
            "day of posting, which delivery day after it, and the days of delivery, as `2027-07-01 3 tue "
            "wed thu fri sat`, with `; ` between several; public holidays are no days of delivery"
        ),
        "waive_below": (
            "a write-off below this amount is taken as waived where `waived` says nothing: 5.00 unless set"
        ),
        "vat_period": "how often VAT is declared, `month` or `quarter`: `quarter` unless set",
        "set_off": (
            "which credit of a customer lowers what it owes: `all`, `named` (only credit notes, on the "
            "invoice each names) or `none`: `all` unless set"
        ),
        "cash_source": (
            "whose payments settle the invoices where bank statements are loaded too: `bank`, applied from "
            "the entries by the program, or `bookkeeping`, as `payments.csv` and its like say. Unless set it "
            "is the bank where the bookkeeping gives no payments, and the bookkeeping where it does: then "
            "what the bank shows is only proposed. If it is set to `bank`, payments of the bookkeeping since "
            "the first entry of the bank, or since the period that was closed when it was set, stay in the "
            "store and count for nothing"
        ),
        "closed_until": (
            "last day of the bookkeeping periods that are closed: no payment is applied from the bank on or "
            "before it; what was applied before stays where it is"
        ),
        "discount_grace_days": (
            "days after the last day of an early-payment discount on which it is still granted: 0 unless set"
        ),
        "language": (
            "`nl` or `en`: language of letters to customers of whom none is known, and of the screens until "
            "a visitor chooses another; Dutch letters and the browser's language unless set"
        ),
        "time_zone": (
            "time zone in which days begin, for today and for instants on screen: `Europe/Amsterdam` unless "
            "set; the variable `KASSTROOM_TIMEZONE` comes before it"
        ),
        "warning_share": (
            "early warning: percentage of the customers with something open that its measured rules flag "
            "together at most, 1 to 50: 10 unless set. Their limits follow from it and from the ledger's past"
        ),
        **{
            f"warning_rule_{rule}": (
                f"early warning: whether rule `{rule}` is shown: `on`, `off`, or `auto`, where it was right "
                "often enough on this ledger: `auto` unless set"
            )
            for rule in WARNING_RULES
        },
        **{
            f"words_{step}_{language}": (
                f"opening words of the letter of step `{step}` in {name}, in place of the usual ones"
                + ("; the notice itself follows them" if step == "notice_14_days" else "")
            )
            for step in LETTERS
            for language, name in (("nl", "Dutch"), ("en", "English"))
        },
    }
)
