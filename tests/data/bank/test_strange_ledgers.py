"""Cash application on ledgers unlike the demo company's, and the cases they showed, one by one."""

from datetime import date

import polars as pl
import pytest

from benchmarks.cash_limits import breaches
from benchmarks.cash_scores import Scorer, line_of
from data.bank.application import cash_application
from tests.data.bank.small_books import Row, books, invoice, receipt
from tests.data.bank.strange_ledgers import LEDGERS
from tests.exhaustive import exhaustive

PEOPLE = [("10343", "C. Bakker", ""), ("10444", "J. Dekker", ""), ("10500", "E. Visser", "")]
NAMESAKES = [*PEOPLE, ("10777", "C. Bakker", "")]
BEFORE, AFTER = date(2026, 2, 1), date(2026, 4, 1)


def applied(entries: list[Row], documents: list[Row], **more: object) -> dict[str | None, tuple[str, str]]:
    """Return, per invoice, what was applied on it and its status."""
    answer = cash_application(books(entries, documents, **more))
    rows = answer.select("invoice_id", pl.col("applied_amount").cast(pl.String), "status").iter_rows()
    return {invoice_id: (amount, status) for invoice_id, amount, status in rows}


def certain(answer: dict[str | None, tuple[str, str]]) -> set[str | None]:
    return {name for name, (_, status) in answer.items() if status == "applied"}


def test_a_wrong_number_is_not_applied_on_a_stranger_where_the_payer_owes_the_same_amount() -> None:
    """Equal advances for everybody: one digit wrong is always somebody else's open invoice."""
    documents = [invoice("20343", "10343", "89.00"), invoice("20344", "10444", "89.00")]
    answer = applied(
        [receipt("E1", "89.00", "factuur 20344", counterparty="C. Bakker")], documents, customers=PEOPLE
    )
    assert certain(answer) == set()


def test_a_wrong_number_is_not_applied_on_a_stranger_where_the_account_is_another_customers() -> None:
    documents = [invoice("20343", "10343", "89.00"), invoice("20344", "10444", "89.00")]
    entries = [receipt("E1", "89.00", "factuur 20344", counterparty="bakker c", counterparty_account="NL77")]
    answer = applied(entries, documents, customers=PEOPLE, accounts=[("NL77", "10343")])
    assert certain(answer) == set()


def test_a_customer_number_is_not_taken_for_the_invoice_of_another_customer() -> None:
    """Customer numbers and invoice numbers come from the same range, and everybody owes 89.00."""
    documents = [invoice("10500", "10444", "89.00"), invoice("10501", "10500", "89.00")]
    entries = [receipt("E1", "89.00", "klantnummer 10500", counterparty="E. Visser")]
    assert "10500" not in certain(applied(entries, documents, customers=PEOPLE))


def test_a_customer_number_tells_two_of_one_name_apart() -> None:
    people = [("10395", "E. Visser", ""), ("10316", "E. Visser", "")]
    documents = [invoice("20017", "10316", "89.00"), invoice("20096", "10395", "89.00")]
    entries = [receipt("E1", "89.00", "klantnummer 10395", counterparty="E. Visser")]
    assert "20017" not in applied(entries, documents, customers=people)


def test_a_wrong_number_is_not_applied_on_a_stranger_where_two_of_the_payers_name_owe_the_same() -> None:
    documents = [
        invoice("20343", "10343", "89.00"),
        invoice("20344", "10444", "89.00"),
        invoice("20777", "10777", "89.00"),
    ]
    entries = [receipt("E1", "89.00", "factuur 20344", counterparty="C. Bakker")]
    assert certain(applied(entries, documents, customers=NAMESAKES)) == set()


def test_money_of_namesakes_does_not_wait_for_the_later_invoice_of_a_stranger() -> None:
    documents = [
        invoice("26000001", "10343", "19.99", BEFORE),
        invoice("26000777", "10777", "19.99", BEFORE),
        invoice("26003193", "10444", "19.99", AFTER),
    ]
    entries = [receipt("E1", "19.99", "order 26003193", counterparty="C. Bakker")]
    assert "26003193" not in certain(applied(entries, documents, customers=NAMESAKES))


def test_a_number_is_not_corrected_into_a_strangers_invoice_where_namesakes_owe_the_same() -> None:
    documents = [
        invoice("26001154", "10444", "19.99"),
        invoice("26001169", "10343", "19.99"),
        invoice("26001777", "10777", "19.99"),
    ]
    entries = [receipt("E1", "19.99", "order 26001454", counterparty="C. Bakker")]
    assert "26001154" not in certain(applied(entries, documents, customers=NAMESAKES))


def test_a_number_is_not_corrected_into_the_invoice_of_another_where_the_payer_is_unknown() -> None:
    """Everybody owes 19.99, so the amount tells nothing, and the number is somebody else's."""
    documents = [invoice(f"2600115{place}", PEOPLE[place % 3][0], "19.99") for place in range(8)]
    entries = [receipt("E1", "19.99", "order 26001454", counterparty="Q. de Ruiter")]
    assert certain(applied(entries, documents, customers=PEOPLE)) == set()


def test_a_number_is_not_corrected_into_the_invoice_of_a_stranger_where_all_owe_the_same() -> None:
    """An order number of another shop, one digit from somebody's invoice."""
    documents = [invoice("26001154", "10444", "19.99"), invoice("26001169", "10343", "19.99")]
    entries = [receipt("E1", "19.99", "order 26001454", counterparty="C. Bakker")]
    assert "26001154" not in certain(applied(entries, documents, customers=PEOPLE))


def test_money_does_not_wait_for_the_later_invoice_of_a_stranger() -> None:
    """An order number that three months later happens to be the number of somebody else's invoice."""
    documents = [
        invoice("26000001", "10343", "19.99", BEFORE),
        invoice("26003193", "10444", "19.99", AFTER),
    ]
    entries = [receipt("E1", "19.99", "order 26003193", counterparty="C. Bakker")]
    assert "26003193" not in certain(applied(entries, documents, customers=PEOPLE))


@pytest.mark.parametrize("text", ["2026000024", "factuur 2026000024", "2026000024 B. Peters"])
def test_a_number_and_the_amount_are_enough_whoever_pays(text: str) -> None:
    """An office that manages the budgets of many pays from its own account."""
    documents = [
        invoice(f"20260000{place:02}", ("10343", "10444", "10500")[place % 3], "45.00")
        for place in range(20, 32)
    ]
    entries = [receipt("E1", "45.00", text, counterparty="Stichting Budgetbeheer Oost")]
    assert certain(applied(entries, documents, customers=PEOPLE)) == {"2026000024"}


def test_an_office_that_paid_for_one_client_is_not_known_as_that_client() -> None:
    """From the same account the next payment is for another client, whose name the text gives."""
    documents = [
        invoice("20343", "10343", "45.00"),
        invoice("20344", "10444", "45.00"),
        invoice("20345", "10343", "60.00", BEFORE),
        invoice("20346", "10444", "60.00", BEFORE),
    ]
    office = {"counterparty": "Stichting Budgetbeheer Oost", "counterparty_account": "NL71"}
    entries = [
        receipt("E1", "45.00", "20343 C. Bakker", entry_date=BEFORE, **office),
        receipt("E2", "60.00", "inz. J. Dekker", **office),
    ]
    assert "20345" not in certain(applied(entries, documents, customers=PEOPLE))


def test_one_invoice_that_makes_the_amount_is_not_certain_where_two_others_make_it_too() -> None:
    """Round amounts: 290.00 is one invoice, and 225.00 with 65.00."""
    documents = [
        invoice("708839", "C1", "225.00"),
        invoice("708858", "C1", "65.00"),
        invoice("708859", "C1", "290.00"),
    ]
    entries = [receipt("E1", "290.00", "betaling", counterparty="Bakker Techniek B.V.")]
    assert certain(applied(entries, documents)) == set()


def test_a_month_in_the_text_does_not_lose_to_an_older_invoice_of_another_amount() -> None:
    """Equal rents: the oldest is as right as that of the month."""
    documents = [invoice(f"26{month:02}0001", "C1", "650.00", date(2026, month, 1)) for month in (1, 2, 3)]
    entries = [receipt("E1", "650.00", "huur maart", counterparty="Bakker Techniek B.V.")]
    assert certain(applied(entries, documents)) in ({"26010001"}, {"26030001"}, set())


@pytest.mark.parametrize(
    "text", ["dd 20260228", "boekjaar 2026", "Dorpsstraat 2026 te Ede", "2026 AB Ede", "EUR 2026"]
)
def test_a_day_a_year_a_postcode_or_an_amount_is_no_invoice_number(text: str) -> None:
    documents = [
        invoice("20260228", "C2", "1000.00"),
        invoice("2026", "C2", "1000.00", BEFORE),
        invoice("1133", "C1", "1000.00"),
    ]
    entries = [receipt("E1", "1000.00", text, counterparty="Bakker Techniek B.V.")]
    assert certain(applied(entries, documents)) <= {"1133"}


SHORT_NUMBERS = ("16115", "17672", "18162", "18460", "18489", "19001")
SHORT = [invoice(number, "C1", "6118.46") for number in SHORT_NUMBERS]


@pytest.mark.parametrize(
    "text",
    [
        "/RFB/16115/17672/18162/18460/18489",
        "16115, 17672, 18162, 18460 en 18489",
        "Kenmerk 16115 6118,46 17672 6118,46 18162 6118,46 18460 6118,46 18489 6118,46 - 202405696",
    ],
)
def test_short_numbers_of_one_customer_that_make_the_amount_are_enough_whoever_pays(text: str) -> None:
    entries = [receipt("E1", "30592.30", text, counterparty="HB Groep")]
    assert certain(applied(entries, SHORT)) == {"16115", "17672", "18162", "18460", "18489"}


@pytest.mark.parametrize("words", ["e.a.", "ea", "en andere", "et al", "u.a.", "en overige"])
def test_one_number_and_others_is_no_part_of_the_one(words: str) -> None:
    """7,303.62 of the invoice named, less a credit note, and another invoice: not 8,720.77 of the one."""
    documents = [
        invoice("VF25/17601", "C1", "9303.62"),
        invoice("CN25/00012", "C1", "-2000.00", original_invoice_id="VF25/17601"),
        invoice("VF25/18696", "C1", "1417.15"),
    ]
    text = f"factuur VF25/17601 {words} klant C1"
    entries = [receipt("E1", "8720.77", text, counterparty="Bakker Techniek B.V.")]
    answer = applied(entries, documents)
    assert answer.get("VF25/17601") != ("8720.77", "applied")


def test_money_in_another_currency_pays_no_invoice_of_the_same_number_and_amount() -> None:
    entries = [receipt("E1", "1000.00", "2026-0007", currency="USD", counterparty="Bakker Techniek B.V.")]
    assert certain(applied(entries, [invoice("2026-0007", "C1", "1000.00")])) <= {None}


def test_a_cancelled_invoice_takes_no_money() -> None:
    documents = [invoice("2026-0007", "C1", "1000.00", cancelled_date=BEFORE)]
    entries = [receipt("E1", "1000.00", "2026-0007", counterparty="Bakker Techniek B.V.")]
    assert "2026-0007" not in certain(applied(entries, documents))


def test_who_pays_an_invoice_twice_does_not_pay_another_of_the_same_amount() -> None:
    """The second payment names the invoice that is paid: a person says whether it is for the other one."""
    documents = [invoice("2026-0007", "C1", "1000.00"), invoice("2026-0008", "C1", "1000.00")]
    entries = [
        receipt("E1", "1000.00", "2026-0007", counterparty="Bakker Techniek B.V.", entry_date=BEFORE),
        receipt("E2", "1000.00", "2026-0007", counterparty="Bakker Techniek B.V."),
    ]
    assert "2026-0008" not in certain(applied(entries, documents))


def test_a_number_within_an_account_or_a_phone_number_is_no_invoice() -> None:
    documents = [invoice(number, "C2", "125.00") for number in ("0297", "123456", "4300")]
    text = "tel 0297-123456 IBAN NL91 ABNA 0417 1643 00 NL91ABNA0417164300"
    entries = [receipt("E1", "125.00", text, counterparty="Q. de Ruiter")]
    assert certain(applied(entries, documents)) == set()


@pytest.mark.parametrize(
    ("text", "endings"),
    [
        ("Rechnungen RG-2026-00120 bis RG-2026-00123", {120, 121, 122, 123}),
        ("factures 00120 à 00122", {120, 121, 122}),
        ("RG 2026 00120 + 00123", {120, 123}),
        ("RG202600121 und RG202600122", {121, 122}),
    ],
)
def test_ranges_and_lists_in_other_languages(text: str, endings: set[int]) -> None:
    amounts = (10_107, 20_213, 40_429, 80_849)
    cents = {f"RG-2026-00{120 + place}": own for place, own in enumerate(amounts)}
    named = {f"RG-2026-00{ending}" for ending in endings}
    documents = [invoice(number, "C1", f"{own / 100:.2f}") for number, own in cents.items()]
    total = sum(cents[number] for number in named)
    entries = [receipt("E1", f"{total / 100:.2f}", text, counterparty="Bakker Techniek B.V.")]
    assert certain(applied(entries, documents)) == named


def test_forty_invoices_of_one_payment_are_all_found() -> None:
    numbers = [str(700_000 + 7 * place) for place in range(40)]
    documents = [invoice(number, "C1", f"{100 + place}.{place:02}") for place, number in enumerate(numbers)]
    total = sum(100 * (100 + place) + place for place in range(40))
    entries = [receipt("E1", f"{total / 100:.2f}", " ".join(numbers), counterparty="Q. de Ruiter")]
    assert certain(applied(entries, documents)) == set(numbers)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, *exhaustive([2, 3])])
@pytest.mark.parametrize("name", sorted(LEDGERS))
def test_hardly_any_money_of_a_strange_ledger_is_applied_wrongly(name: str, seed: int) -> None:
    made, truth = LEDGERS[name](seed).made()
    answer = cash_application(made)
    line = line_of(name, list(Scorer(made.documents).outcomes(answer, truth)))
    assert breaches(answer, made.documents, made.settled, made.entries) == []
    assert line.right >= 0.999
