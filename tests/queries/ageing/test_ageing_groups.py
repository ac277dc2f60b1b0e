"""`ageing_groups`: what account managers, countries and parent customers have open."""

from tests.kpi_ledger import invoice, payment


def groups(desk, by: str) -> dict[str, dict]:
    return {row["group_id"]: row for row in desk.ask("ageing_groups", as_of="2026-03-31", by=by)}


def books_of_groups(desk):
    """TOP holds MID, which holds LEAF; ALONE has no parent; X and Y name one another."""
    names = ("customer_id", "customer_name", "segment", "country", "payment_terms_days", "credit_limit")
    rows = [
        ("TOP", "Top BV", "retail", "NL", 30, "500.00", "Ann", ""),
        ("MID", "Mid BV", "retail", "BE", 30, "999.00", "Bob", "TOP"),
        ("LEAF", "Leaf BV", "retail", "BE", 30, "", "", "MID"),
        ("ALONE", "Alone BV", "retail", "NL", 30, "", "Ann", ""),
        ("X", "X BV", "retail", "NL", 30, "", "Bob", "Y"),
        ("Y", "Y BV", "retail", "NL", 30, "", "Bob", "X"),
    ]
    desk.load(
        customers=[dict(zip((*names, "account_manager", "parent_id"), row, strict=True)) for row in rows],
        invoices=[
            invoice("A", "2026-01-01", "2026-01-31", "100.00", "TOP"),  # 59 days late
            invoice("B", "2026-03-01", "2026-03-31", "200.00", "MID"),  # due on the day
            invoice("C", "2026-02-01", "2026-03-03", "400.00", "LEAF"),  # 28 days late
            invoice("D", "2026-03-01", "2026-03-31", "50.00", "ALONE"),
            invoice("E", "2026-03-01", "2026-03-31", "7.00", "X"),
            invoice("F", "2026-03-01", "2026-03-31", "3.00", "Y"),
            invoice("G", "2026-03-01", "2026-03-31", "1.00", "PLACEHOLDER"),
        ],
        payments=[payment("P1", None, "2026-03-10", "30.00", "LEAF")],
    )


def test_a_group_owes_what_all_its_customers_owe_against_the_limit_of_its_parent(desk):
    books_of_groups(desk)
    rows = groups(desk, "parent")
    top = rows["TOP"]
    # 100 + 200 + 400 - 30 of a limit of 500; the limit of 999 is that of MID alone.
    assert (top["group_name"], top["customers"], top["total"]) == ("Top BV", 3, 670)
    assert (top["credit_limit"], top["limit_left"]) == (500, -170)
    assert [top[name] for name in ("not_due", "d1_30", "d31_60", "unapplied")] == [200, 400, 100, -30]
    assert (rows["ALONE"]["total"], rows["ALONE"]["limit_left"]) == (50, None)
    assert (rows["X"]["customers"], rows["X"]["total"]) == (2, 10)
    assert rows["PLACEHOLDER"]["group_name"] == "PLACEHOLDER"
    assert len(rows) == 4


def test_account_managers_and_countries_add_up_to_the_whole(desk):
    books_of_groups(desk)
    assert {name: row["total"] for name, row in groups(desk, "account_manager").items()} == {
        "Ann": 150, "Bob": 210, "": 371,
    }  # fmt: skip
    assert {name: row["total"] for name, row in groups(desk, "country").items()} == {
        "NL": 160, "BE": 570, "": 1,
    }  # fmt: skip
    assert all(row["credit_limit"] is None for row in groups(desk, "country").values())


def test_a_file_without_parents_leaves_those_of_earlier_files(desk):
    books_of_groups(desk)
    desk.load(customers=[("LEAF", "Leaf BV", "retail", "BE", 30, "")])
    assert groups(desk, "parent")["TOP"]["total"] == 670
