"""What Odoo keeps of partners: its payment terms in the words of the native form."""

import polars as pl
import pytest

from data.databases.odoo.customers import COLUMNS, Agreements, customers, payment_terms


def line(value: str = "balance", amount: str = "0", days: str = "0", **more: str) -> dict:
    blank = {"payment_id": "1", "option": None, "delay_type": None, "months": None}
    blank |= {"end_month": None, "days_after": None}
    return blank | {"value": value, "value_amount": amount, "days": days} | more


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([line(days="30", option="day_after_invoice_date")], "30"),
        ([line("percent", "100", "14", delay_type="days_after")], "14"),
        ([line("percent", "100.0", "0", delay_type="days_after_end_of_month")], "eom"),
        ([line(days="15", option="day_following_month")], "15-next"),
        ([line(days="30", months="0", end_month="true", days_after="0")], "30+eom"),
        ([line(days="0", months="0", end_month="true", days_after="10")], "eom+10"),
        (
            [line("percent", "33.33", "14"), line("percent", "33.33", "30"), line(days="60")],
            "33.33%@14 33.33%@30 rest@60",
        ),
        ([line("percent", "30", "30"), line("percent", "70", "60")], "30%@30 rest@60"),
        # What the native form has no words for is left to the due dates of the invoices.
        ([line(days="30", months="1", end_month="false")], None),
        ([line(days="30", months="0", end_month="true", days_after="10")], None),
        ([line(days="10", delay_type="days_end_of_month_on_the")], None),
        ([line("fixed", "100", "30"), line(days="60")], None),
        ([line("percent", "33.333", "30"), line(days="60")], None),
        ([line("percent", "50", "30")], None),
    ],
)
def test_terms_are_said_as_files_write_them(lines: list[dict], expected: str | None) -> None:
    assert payment_terms(lines) == expected


def test_values_per_company_are_those_of_the_first_that_has_one() -> None:
    partner = dict.fromkeys(
        (
            "commercial_partner_id",
            "is_company",
            "vat",
            "email",
            "phone",
            "street",
            "zip",
            "city",
            "lang",
            "country",
        )
    )
    both = {"id": "7", "name": "Bakker", "credit_limit": '{"2": 900.0, "10": 5}', "is_company": "false"}
    both["property_payment_term_id"] = '{"3": 4}'
    person = pl.DataFrame(
        [partner | both], schema=dict.fromkeys([*partner, *both], pl.String()), strict=False
    )
    frame = customers(person, Agreements({"4": "eom+30"}, {}), language="nl", prefix="x:")
    assert tuple(frame.columns) == COLUMNS
    row, nobody = frame.to_dicts()
    assert (row["customer_id"], row["credit_limit"], row["payment_terms"]) == ("x:7", "900.00", "eom+30")
    assert (row["customer_type"], row["parent_id"]) == ("consumer", None)
    assert (nobody["customer_id"], nobody["customer_name"]) == ("x:no-partner", "Zonder relatie in Odoo")
