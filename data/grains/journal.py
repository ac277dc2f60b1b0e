"""What people know and decide: plans, promises, disputes, contacts, settings."""

from data.grains.choices import (
    CASE_STATES,
    CASH_DECISIONS,
    CASH_DIFFERENCES,
    CONTACT_DETAILS,
    CONTACT_DIRECTIONS,
    CONTACT_OUTCOMES,
    OF_ENTITY,
    OF_GROUP,
    REPEATS,
    RUN_PARTS,
    SETTINGS,
    SOURCE_OUTCOMES,
)
from data.grains.grain import Column, Grain, optional

OF_CONTACT = "the contact in which it was noted: taken back with it"

JOURNAL: tuple[Grain, ...] = (
    Grain(
        "planned_cash",
        "planned_cash",
        "journal",
        (
            Column("line_id", "id"),
            Column("label", "text"),
            Column("category", "text"),
            Column("amount", "money", meaning="below 0 for money out; 0.00 takes the line out of the plan"),
            Column("first_date", "date"),
            Column("repeat", "choice", choices=REPEATS),
            Column("until", "date", may_be_empty=True),
        ),
        ("line_id",),
        "amount",
        "Payroll, tax, rent, loans: once or repeating.",
        withdrawn_by="zero",
    ),
    Grain(
        "billing_plan",
        "billing_plan",
        "journal",
        (
            Column("week_start", "date", meaning="a Monday"),
            Column(
                "segment",
                "text",
                may_be_empty=True,
                meaning=(
                    "empty: all segments together; the amount of one segment takes the place of its share"
                ),
            ),
            Column("amount", "money", may_be_empty=True, meaning="empty: no plan for that week any more"),
        ),
        ("week_start", "segment"),
        "amount",
        "The amounts that will be invoiced, per week.",
        withdrawn_by="empty",
    ),
    Grain(
        "disputes",
        "dispute",
        "journal",
        (
            Column("invoice_id", "id"),
            Column("opened_date", "date"),
            Column("closed_date", "date", may_be_empty=True, meaning="empty: still open"),
            Column("reason", "text", may_be_empty=True),
            Column("amount", "money"),
            optional("contact_id", "id", meaning=OF_CONTACT),
        ),
        ("invoice_id", "opened_date"),
        "amount",
        "Invoices a customer does not accept.",
    ),
    Grain(
        "contacts",
        "contact",
        "journal",
        (
            Column("customer_id", "id"),
            Column(
                "invoice_id", "id", may_be_empty=True, meaning="empty: about all that was overdue on the day"
            ),
            Column("contact_date", "date"),
            Column("channel", "text"),
            Column("direction", "choice", choices=CONTACT_DIRECTIONS),
            Column("kind", "text"),
            optional(
                "received_date",
                "date",
                meaning=(
                    "day it was received; empty: for a letter or an unknown channel the second delivery day "
                    "after posting, for `email` and other electronic channels the day itself"
                ),
            ),
            optional(
                "contact_id",
                "id",
                meaning=(
                    "one contact about several invoices is a row per invoice with one number; empty: made "
                    "from the other columns, so that equal rows of one file are contacts of their own and a "
                    "row of a later file is the one it repeats"
                ),
                stored_as="varchar not null",
            ),
            optional(
                "reverses",
                "id",
                meaning=(
                    "`contact_id` of a contact that never was: it counts nowhere, whatever its day, nor do "
                    "the promises and disputes noted in it. Such a row is no contact itself"
                ),
            ),
            optional("person", "text", meaning="who was spoken to"),
            optional("outcome", "choice", CONTACT_OUTCOMES),
            optional("note", "text"),
            optional("next_date", "date", meaning="the customer is left alone until then"),
            optional("amount", "money", meaning="promised or disputed, of all its invoices together"),
        ),
        ("contact_id", "invoice_id"),
        None,
        (
            "Reminders, calls, mails, in and out. `kind` may be any text. `pre_due_reminder`, "
            "`friendly_reminder`, `formal_reminder`, `final_demand`, `notice_14_days` and `hand_over` going "
            "out are steps of the worklist, and after `notice_14_days` a consumer owes collection costs; "
            "`call`, `reply` and `question` are known as well. Common names of these letters (`14-day "
            "notice`, `14-dagenbrief`, `WIK-brief`, `reminder`, `herinnering`, `aanmaning`, "
            "`ingebrekestelling`, `sommatie`) are stored as one of these kinds."
        ),
    ),
    Grain(
        "promises",
        "promise",
        "journal",
        (
            Column("invoice_id", "id"),
            Column("made_date", "date"),
            Column("promised_date", "date"),
            Column("amount", "money"),
            optional("contact_id", "id", meaning=OF_CONTACT),
        ),
        ("invoice_id", "made_date"),
        "amount",
        "The amounts a customer promised to pay, and when.",
    ),
    Grain(
        "cash_decisions",
        "cash_decision",
        "journal",
        (
            Column("account", "id"),
            Column("entry_id", "id", meaning="of an entry of that account"),
            Column("decision", "choice", choices=CASH_DECISIONS),
            Column("customer_id", "id", may_be_empty=True, meaning="empty: not of a customer"),
            Column("invoice_id", "id", may_be_empty=True, meaning="empty: the part of the entry on account"),
            Column("amount", "money", meaning="of the entry, for that invoice; as signed as the entry"),
            optional("decided_by", "text"),
            optional("settles", "choice", CASH_DIFFERENCES, meaning="beside the money; empty: nothing is"),
            optional("settled_amount", "money", meaning="by how much; below 0 for a credit note"),
            optional("drawn_on", "date", meaning="day of the drawn sample it was checked in; empty: of none"),
        ),
        ("account", "entry_id", "invoice_id"),
        None,
        (
            "What people decided of the entries of a bank account: `confirmed`, for which invoice or on "
            "account; `rejected`, no money of a customer; `withdrawn`, nobody decided it any more. It stands "
            "above what the program finds by itself. `checked`, what the program applied is right, changes "
            "nothing: its error is measured from it."
        ),
    ),
    Grain(
        "notes",
        "note",
        "journal",
        (
            Column("customer_id", "id"),
            Column("invoice_id", "id", may_be_empty=True),
            Column("noted_date", "date"),
            Column("text", "text"),
            optional("contact_id", "id", meaning=OF_CONTACT),
        ),
        ("customer_id", "invoice_id", "noted_date", "text"),
        None,
        "Notes about a customer or invoice.",
    ),
    Grain(
        "contact_details",
        "contact_detail",
        "journal",
        (
            Column("customer_id", "id"),
            Column("field", "choice", choices=CONTACT_DETAILS),
            Column("value", "text", may_be_empty=True, meaning="empty: there is none"),
        ),
        ("customer_id", "field"),
        None,
        "Whom to speak to at a customer, and where, in place of what `customers.csv` says.",
    ),
    Grain(
        "assignments",
        "assignment",
        "journal",
        (
            Column("customer_id", "id"),
            Column("assigned_to", "text", may_be_empty=True, meaning="empty: its account manager again"),
        ),
        ("customer_id",),
        None,
        "Who follows up a customer, in place of its account manager.",
    ),
    Grain(
        "collection_cases",
        "collection_case",
        "journal",
        (
            Column("case_id", "id"),
            Column("customer_id", "id"),
            Column("agency", "text"),
            Column("opened_date", "date"),
            Column("status", "choice", choices=CASE_STATES),
            Column("closed_date", "date", may_be_empty=True),
            optional("claimed", "money", meaning="the claim handed over"),
            optional("recovered", "money", meaning="the money it brought so far"),
            optional("cost", "money", meaning="charge of the agency"),
            optional("entity", "text", meaning="the administration whose claim it is; empty: of all"),
        ),
        ("case_id",),
        "claimed",
        "Claims handed over to a collection agency.",
    ),
    Grain(
        "signals",
        "signal",
        "journal",
        (
            Column("rule", "id"),
            Column("customer_id", "id"),
            Column("raised_date", "date"),
            Column("since_date", "date"),
            Column("value", "number", meaning="the number compared"),
            Column("limit_value", "number", meaning="the number it is compared with"),
            Column("invoices", "text", may_be_empty=True, meaning="documents, with commas between them"),
            Column("cleared_date", "date", may_be_empty=True),
        ),
        ("rule", "customer_id", "since_date"),
        None,
        "Early warnings as they were raised.",
    ),
    Grain(
        "mutes",
        "mute",
        "journal",
        (
            Column("rule", "id", may_be_empty=True, meaning="empty: every rule"),
            Column("customer_id", "id"),
            Column("muted_date", "date"),
            Column("until", "date"),
            Column("reason", "text"),
        ),
        ("rule", "customer_id", "muted_date"),
        None,
        "Signals that are not to be shown for a while.",
    ),
    Grain(
        "payment_plans",
        "payment_plan",
        "journal",
        (
            Column("invoice_id", "id"),
            Column("agreed_date", "date"),
            Column("due_date", "date"),
            Column("amount", "money"),
        ),
        ("invoice_id", "agreed_date", "due_date"),
        "amount",
        (
            "A schedule agreed for an open invoice. The latest agreement about an invoice takes the place of "
            "earlier ones; if all its amounts are 0.00 it ends them. It steers worklist and forecast; the "
            "ageing keeps the due date of the invoice."
        ),
    ),
    Grain(
        "expected_dates",
        "expected_date",
        "journal",
        (
            Column("invoice_id", "id"),
            Column("noted_date", "date"),
            Column(
                "expected_date",
                "date",
                may_be_empty=True,
                meaning="empty: the invoice is left to the forecast again",
            ),
            optional("reason", "text"),
        ),
        ("invoice_id", "noted_date"),
        None,
        (
            "The day somebody expects an invoice to be paid, in place of the forecast's. The latest note "
            "counts. A day that has passed no longer counts."
        ),
    ),
    Grain(
        "source_runs",
        "source_run",
        "journal",
        (
            Column("source_name", "id", meaning="name of the source in `sources.toml`"),
            Column("run_id", "id", meaning="instant of the run, UTC"),
            Column("run_date", "date"),
            Column("outcome", "choice", choices=SOURCE_OUTCOMES),
            Column("files", "integer", may_be_empty=True, meaning="that were new"),
            Column("accepted", "number", may_be_empty=True, meaning="rows taken in"),
            Column("rejected", "number", may_be_empty=True),
            Column("last_date", "date", may_be_empty=True, meaning="last day in what it ever brought"),
            Column("message", "text", may_be_empty=True, meaning="why it failed (JSON)"),
        ),
        ("source_name", "run_id"),
        None,
        "What came of each source at each run of `load --all`; written by the program.",
    ),
    Grain(
        "forecast_runs",
        "forecast_run",
        "journal",
        (
            Column("as_of", "date"),
            Column("part", "choice", choices=RUN_PARTS),
            Column("currency", "currency"),
            Column("row_count", "integer", stored_as="integer not null"),
            Column("file_hash", "id", meaning="SHA-256 of the Parquet file under `frozen/`"),
        ),
        ("as_of", "part"),
        None,
        "The frozen weekly forecasts, as `forecast --freeze` writes them: one row per day and part.",
    ),
    Grain(
        "scenarios",
        "scenario",
        "journal",
        (
            Column("name", "id"),
            Column(
                "toml",
                "text",
                may_be_empty=True,
                meaning=(
                    "the scenario as `whatif` reads it, in one quoted cell of several lines; empty: the "
                    "scenario is deleted"
                ),
            ),
        ),
        ("name",),
        None,
        "Saved what-if scenarios.",
    ),
    Grain(
        "saved_views",
        "saved_view",
        "journal",
        (
            Column("name", "id"),
            Column(
                "address",
                "text",
                may_be_empty=True,
                meaning=(
                    "the screen and what its address asks for, such as `ageing?bucket=d90_plus`; without "
                    "`as_of` it opens on the newest day; empty: the view is removed"
                ),
            ),
        ),
        ("name",),
        None,
        "Saved views of the screens: filters, columns and order under a name.",
    ),
    Grain(
        "settings",
        "setting",
        "journal",
        (
            Column("key", "choice", choices=tuple(SETTINGS), of_entity=OF_ENTITY, of_group=OF_GROUP),
            Column("value", "text", may_be_empty=True),
        ),
        ("key",),
        None,
        (
            "The choices of the company. A setting of steps, costs, sender, words or targets may be one "
            "administration's own: `company_name@North BV`, after the `@` the name as in `entity` of "
            "`invoices.csv`. It comes before the general one. `steps` may also be of a dunning group, after "
            "a `/` the name as in `customers.csv`: `steps/retail`, or at one administration "
            "`steps/retail@North BV`. The group's at the administration come first, then the group's, the "
            "administration's and the general ones."
        ),
    ),
)
