"""Seller and buyer of an electronic invoice, and the id a customer is kept under."""

import pytest

from data.errors import RefusedFileError
from data.importers.formats.ubl_parties import Identifier, parties
from tests.data.importers.formats.ubl_party_texts import endpoint, identification, legal, named, party, vat
from tests.data.importers.formats.ubl_readings import invoice, rows
from tests.data.importers.formats.ubl_texts import MEANS, ubl

NUMBERS = (
    identification("5412345000013", "0088"),
    endpoint("87654321", "0106"),
    vat("NL987654321B01"),
    legal("Horeca Haarlem B.V.", "87654321"),
    named("De Maan"),
)


@pytest.mark.parametrize(
    ("account", "elements", "customer"),
    [
        ("D100", (identification("K-17"), *NUMBERS), "D100"),
        ("", (identification("1", "0088"), identification("K-17"), *NUMBERS), "K-17"),
        ("", NUMBERS, "0088:5412345000013"),
        ("", NUMBERS[1:], "0106:87654321"),
        ("", NUMBERS[2:], "NL987654321B01"),
        ("", NUMBERS[3:], "0106:87654321"),
        ("", NUMBERS[4:], "De Maan"),
        ("", (endpoint("post@maan.example", "EM"), *NUMBERS[2:]), "NL987654321B01"),
        ("", (endpoint("post@maan.example", "EM"),), "EM:post@maan.example"),
        ("", (identification("NL00ZZZ1", "SEPA"), named("De Maan")), "De Maan"),
        ("", (identification("n/a"), legal("Horeca Haarlem B.V.")), "Horeca Haarlem B.V."),
    ],
)
def test_a_customer_is_kept_under_the_first_number_it_has(
    account: str, elements: tuple[str, ...], customer: str
) -> None:
    assigned = account and f"<cbc:SupplierAssignedAccountID>{account}</cbc:SupplierAssignedAccountID>"
    content = ubl(account=assigned, buyer=party(*elements))
    assert invoice(content)["customer_id"] == customer
    assert [row["customer_id"] for row in rows(content, "customers")] == [customer]


def test_both_sides_are_told_with_their_numbers_names_and_accounts() -> None:
    both = parties(ubl())
    assert both.seller.vat_ids == ("NL123456789B01",)
    assert both.seller.legal_ids == (Identifier("12345678", "0106"),)
    assert both.seller.endpoint == Identifier("12345678", "0106")
    assert (both.seller.name, both.seller.legal_name) == ("Bakkerij Zon", "Bakkerij Zon B.V.")
    assert both.buyer.identifiers == (Identifier("K-17"),)
    assert (both.buyer.name, both.buyer.legal_name) == ("Café De Maan", "Horeca Haarlem B.V.")
    assert (both.payee_ibans, both.payer_ibans) == (("NL91ABNA0417164300",), ())


def test_the_account_of_a_direct_debit_is_the_payers() -> None:
    mandate = (
        "<cac:PaymentMandate><cac:PayerFinancialAccount><cbc:ID>NL02 RABO 0123 4567 89</cbc:ID>"
        "</cac:PayerFinancialAccount></cac:PaymentMandate></cac:PaymentMeans>"
    )
    both = parties(ubl(means=MEANS.replace("</cac:PaymentMeans>", mandate)))
    assert both.payer_ibans == ("NL02RABO0123456789",)


def test_a_tax_number_of_another_scheme_is_no_vat_number() -> None:
    both = parties(ubl(buyer=party(vat("123/456", "FC"), vat("NL 9876.54.321.B01"))))
    assert both.buyer.vat_ids == ("NL987654321B01",)


def test_an_address_in_lines_is_a_street() -> None:
    lines = "".join(
        f"<cac:AddressLine><cbc:Line>{line}</cbc:Line></cac:AddressLine>" for line in ("Hof 1", "2e")
    )
    content = ubl(buyer=party(named("De Maan"), f"<cac:PostalAddress>{lines}</cac:PostalAddress>"))
    assert rows(content, "customers") == [
        {"customer_id": "De Maan", "customer_name": "De Maan", "street": "Hof 1, 2e"}
    ]


def test_a_private_person_is_called_by_its_name() -> None:
    person = "<cac:Person><cbc:FirstName>An</cbc:FirstName><cbc:FamilyName>Smit</cbc:FamilyName></cac:Person>"
    (customer,) = rows(ubl(buyer=party(person)), "customers")
    assert (customer["customer_id"], customer["customer_name"]) == ("An Smit", "An Smit")


def test_a_file_without_an_invoice_has_no_parties() -> None:
    with pytest.raises(RefusedFileError, match="holds no invoice or credit note in UBL"):
        parties(ubl(root="Order"))
