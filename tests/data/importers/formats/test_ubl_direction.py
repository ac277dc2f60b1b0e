"""Whether an electronic invoice is a sale or a bill of ours, told by who we are."""

import pytest

from data.importers.formats.ubl_direction import OwnParty, Side, direction, own_parties, side_of
from data.message_templates import Message
from tests.data.importers.formats.ubl_party_texts import endpoint, legal, named, party, vat
from tests.data.importers.formats.ubl_texts import BUYER, SELLER, ubl

BY_SELLER = [
    OwnParty(vat_id="NL123456789B01"),
    OwnParty(kvk="12345678"),
    OwnParty(iban="NL91ABNA0417164300"),
    OwnParty(name="bakkerij zon bv"),
    OwnParty(vat_id="NL123456789B01", kvk="12345678", iban="NL00BANK0000000000", name="Another"),
]
BY_BUYER = [
    OwnParty(vat_id="NL987654321B01"),
    OwnParty(kvk="87654321"),
    OwnParty(name="Horeca Haarlem BV"),
    OwnParty(vat_id="NL987654321B01", iban="NL91ABNA0417164300"),
]


def refusal(content: bytes, *own: OwnParty) -> str:
    side = side_of(content, own, "a.xml")
    assert isinstance(side, Message)
    sentence = str(side)
    assert sentence.startswith("a.xml: ")
    assert sentence.endswith(".")
    return sentence


@pytest.mark.parametrize("own", BY_SELLER)
def test_the_seller_has_a_sale(own: OwnParty) -> None:
    assert direction(ubl(), own) == "sales"


@pytest.mark.parametrize("own", BY_BUYER)
def test_the_buyer_has_a_bill(own: OwnParty) -> None:
    assert direction(ubl(), own) == "purchases"


def test_numbers_are_compared_without_signs_and_under_other_names_of_their_scheme() -> None:
    old = party(named("Zon"), legal("Zon B.V.", "1234 5678", "NL:KVK"))
    assert direction(ubl(seller=old), OwnParty(kvk="12345678")) == "sales"
    by_endpoint = party(named("Zon"), endpoint("12345678", "0106"))
    assert direction(ubl(seller=by_endpoint), OwnParty(kvk="12345678")) == "sales"
    by_vat_endpoint = party(named("Zon"), endpoint("NL123456789B01", "9944"))
    assert direction(ubl(seller=by_vat_endpoint), OwnParty(vat_id="NL123456789B01")) == "sales"
    belgian = party(named("Zon"), legal("Zon BV", "0123456749", "0208"))
    assert direction(ubl(seller=belgian), OwnParty(kvk="BE 0123.456.749")) == "sales"


def test_a_number_of_another_scheme_is_not_the_chamber_of_commerce() -> None:
    other = party(named("Other"), endpoint("12345678", "0088"), legal("Other", "12345678", "0190"))
    assert "neither the seller (Other)" in refusal(ubl(seller=other), OwnParty(kvk="12345678"))


def test_neither_is_a_sentence_with_both_names_and_the_setting() -> None:
    sentence = refusal(ubl(), OwnParty(vat_id="NL000000000B00"))
    assert "neither the seller (Bakkerij Zon) nor the buyer (Café De Maan) is this company" in sentence
    assert "Settings screen" in sentence


def test_both_is_a_sentence() -> None:
    assert "seller and buyer are both this company" in refusal(ubl(buyer=SELLER), OwnParty(kvk="12345678"))
    assert "seller and buyer are both this company" in refusal(
        ubl(), OwnParty(kvk="12345678"), OwnParty(kvk="87654321", entity="South")
    )
    surer_of_the_seller = OwnParty(vat_id="NL123456789B01", kvk="12345678")
    assert "seller and buyer are both this company" in refusal(
        ubl(), surer_of_the_seller, OwnParty(vat_id="NL987654321B01", entity="South")
    )


def test_nothing_set_is_a_sentence_that_says_what_to_set() -> None:
    for own in ([], [OwnParty()], [OwnParty(entity="North")]):
        sentence = refusal(ubl(), *own)
        assert "set the VAT number, chamber of commerce number or IBAN" in sentence
        assert "(company_vat_id, company_kvk, company_iban)" in sentence


def test_a_name_or_account_does_not_outweigh_a_number_of_somebody_else() -> None:
    namesake = OwnParty(name="Bakkerij Zon", vat_id="NL000000000B00", iban="NL91ABNA0417164300")
    assert "neither" in refusal(ubl(), namesake)
    same_names = ubl(buyer=BUYER.replace("Café De Maan", "Bakkerij Zon"))
    assert direction(same_names, OwnParty(name="Bakkerij Zon", kvk="12345678")) == "sales"


def test_the_account_on_a_credit_note_says_nothing() -> None:
    content = ubl(root="CreditNote", code="381")
    assert "neither" in refusal(content, OwnParty(iban="NL91ABNA0417164300"))
    assert direction(content, OwnParty(kvk="12345678")) == "sales"


def test_a_self_billed_invoice_is_a_sale_of_its_seller() -> None:
    assert direction(ubl(code="389"), OwnParty(kvk="12345678")) == "sales"


def test_own_parties_are_those_of_the_settings() -> None:
    settings = {
        "company_name": "Zon Holding",
        "company_vat_id": "NL123456789B01",
        "company_kvk@North": "12345678",
        "company_name@South": "Zon South",
        "company_iban@South": " ",
        "company_email": "x@example.com",
    }
    assert own_parties(settings) == [
        OwnParty(vat_id="NL123456789B01", name="Zon Holding"),
        OwnParty(kvk="12345678", entity="North"),
        OwnParty(name="Zon South", entity="South"),
    ]
    assert own_parties({}) == []


def test_the_administration_is_the_one_whose_number_matches() -> None:
    company = OwnParty(vat_id="NL123456789B01")
    north, south = OwnParty(kvk="12345678", entity="North"), OwnParty(kvk="11111111", entity="South")
    assert side_of(ubl(), [company, north, south]) == Side("sales", "North")
    assert side_of(ubl(), [company, south]) == Side("sales", "")
    assert side_of(ubl(), [OwnParty(vat_id="NL123456789B01", entity="South"), company]) == Side(
        "sales", "South"
    )


def test_administrations_that_share_a_number_are_asked_to_be_told_apart() -> None:
    members = [OwnParty(vat_id="NL123456789B01", entity=name) for name in ("North", "South")]
    assert "may be of several administrations (North, South)" in refusal(ubl(), *members)
    told = [OwnParty(vat_id="NL123456789B01", iban="NL91ABNA0417164300", entity="South"), members[0]]
    assert side_of(ubl(), told) == Side("sales", "South")


def test_what_is_no_invoice_has_no_side() -> None:
    assert "holds no invoice or credit note in UBL" in refusal(ubl(root="Order"), OwnParty(kvk="1"))


def test_a_vat_number_of_the_seller_that_differs_is_another_company() -> None:
    seller = party(named("Bakkerij Zon"), vat("NL111111111B01"))
    assert "neither" in refusal(ubl(seller=seller), OwnParty(name="Bakkerij Zon", vat_id="NL123456789B01"))
    assert direction(ubl(seller=seller), OwnParty(name="Bakkerij Zon")) == "sales"
