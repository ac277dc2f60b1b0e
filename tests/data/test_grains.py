"""The kinds of rows: what a native file must have, and the page that lists it all."""

from data import files_reference
from data.grains import BY_NAME, GRAINS, SETTINGS
from tests.books import NEEDED


def test_a_native_file_must_have_these_columns() -> None:
    assert {name: " ".join(columns) for name, columns in NEEDED.items()} == {
        "customers": "customer_id customer_name segment country payment_terms_days credit_limit",
        "invoices": "invoice_id customer_id invoice_type invoice_date due_date currency amount",
        "payments": "payment_id customer_id invoice_id payment_date currency amount",
        "open_items": "list_date invoice_id currency open_amount",
        "instalments": "invoice_id due_date amount",
        "bank_balances": "account currency balance_date balance",
        "bank_entries": "entry_id account currency entry_date amount",
        "bank_statements": "statement_id account currency to_date entries credits debits",
        "provider_payments": "provider line_id kind created_date currency gross fee net",
        "run_payments": "run_id line_id kind account currency run_date amount",
        "bank_load_reversals": "loaded_at state",
        "ledger_balances": "balance_date entity currency balance",
        "turnover": "from_date to_date entity currency amount",
        "bills": "bill_id supplier bill_date due_date currency amount paid_date",
        "attachments": "invoice_id sha256 file_name size",
        "fx_rates": "rate_date currency rate",
        "planned_cash": "line_id label category amount first_date repeat until",
        "billing_plan": "week_start segment amount",
        "disputes": "invoice_id opened_date closed_date reason amount",
        "cash_decisions": "account entry_id decision customer_id invoice_id amount",
        "contacts": "customer_id invoice_id contact_date channel direction kind",
        "promises": "invoice_id made_date promised_date amount",
        "contact_details": "customer_id field value",
        "assignments": "customer_id assigned_to",
        "notes": "customer_id invoice_id noted_date text",
        "collection_cases": "case_id customer_id agency opened_date status closed_date",
        "signals": "rule customer_id raised_date since_date value limit_value invoices cleared_date",
        "mutes": "rule customer_id muted_date until reason",
        "payment_plans": "invoice_id agreed_date due_date amount",
        "expected_dates": "invoice_id noted_date expected_date",
        "source_runs": ("source_name run_id run_date outcome files accepted rejected last_date message"),
        "forecast_runs": "as_of part currency row_count file_hash",
        "scenarios": "name toml",
        "saved_views": "name address",
        "settings": "key value",
    }


def test_the_page_of_files_is_the_one_the_grains_give() -> None:
    page = files_reference.FILE.read_text(encoding="utf-8")
    assert page == files_reference.reference(), "run `uv run python -m data.files_reference`"


def test_the_page_names_every_file_column_choice_and_setting() -> None:
    page = files_reference.reference()
    for grain in GRAINS:
        section = page.split(f"\n## {grain.name}.csv\n")[1].split("\n## ")[0]
        for column in grain.file_columns:
            assert f"\n| {column.name} | " in section
            if grain.name != "settings":
                assert all(choice in section for choice in column.choices)
        assert f"Key: {', '.join(grain.file_key)}." in " ".join(section.split())
    assert all(f"\n| {key} | " in page for key in SETTINGS)


def test_an_empty_due_date_is_said_where_the_column_is() -> None:
    row = "| due_date | day | ∅ | empty: by the terms, those of the invoice before those of the customer "
    assert row in files_reference.reference()
    kinds = "payment, credit, discount, write_off, reversal, exchange"
    assert f"| kind | one of {kinds} | ○ ∅ | empty: payment; `exchange`: " in files_reference.reference()


def test_a_kind_whose_rows_can_be_withdrawn_has_an_amount_that_can_say_so() -> None:
    withdrawn = {grain.name: grain.withdrawn_by for grain in GRAINS if grain.withdrawn_by is not None}
    assert withdrawn == {
        "payments": "zero", "bank_entries": "zero", "planned_cash": "zero", "billing_plan": "empty",
        "bank_balances": "empty", "bank_statements": "empty", "provider_payments": "empty",
    }  # fmt: skip
    for name, way in withdrawn.items():
        assert BY_NAME[name].column(BY_NAME[name].withdrawn_in).may_be_empty == (way == "empty")
