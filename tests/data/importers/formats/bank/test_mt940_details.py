"""What :86: tells of an entry: name, account, text and references, in the ways in which banks write them."""

import pytest

from data.importers.formats.bank import mt940
from tests.data.importers.formats.bank.statement_files import cells, entry, message, read

TOLD = (
    "counterparty", "counterparty_account", "description", "reference", "end_to_end_id", "bank_reference",
    "bank_code", "return_reason",
)  # fmt: skip


def told(remittance: str, line: str = ":61:2601050105C10,00NTRFNONREF") -> dict[str, str]:
    """Return what is told of an entry, without what is not."""
    return {column: text for column, text in entry(remittance, line).items() if column in TOLD and text}


def test_ing_has_codes_with_several_values_and_breaks_them_anywhere() -> None:
    line = ":61:2601050105C10,00NTRFEREF//26005123456789\n/TRCD/00100/"
    text = (
        "/EREF/F-2026-0001//CNTP/NL20INGB0001234567/INGBNL2A/JANSEN B.V./AM\n"
        "STERDAM//REMI/USTD//Factuur 2026-0001 van 02-01-2026 en /2026/RE\n"
        "MI 0002/"
    )
    assert told(text, line) == {
        "counterparty": "JANSEN B.V.", "counterparty_account": "NL20INGB0001234567",
        "description": "Factuur 2026-0001 van 02-01-2026 en /2026/REMI 0002", "end_to_end_id": "F-2026-0001",
        "bank_reference": "26005123456789", "bank_code": "NTRF+00100",
    }  # fmt: skip


def test_ing_has_a_structured_reference_in_strd_or_in_the_line() -> None:
    structured = told("/CNTP/NL20INGB0001234567/INGBNL2A/JANSEN///REMI/STRD/CUR/0012345678901234/")
    assert structured["reference"] == "0012345678901234"
    in_line = told(
        "/CNTP/NL86INGB0002445588/INGBNL2A/BELASTINGDIENST//", ":61:2601050105D1,NTRF0012345678901234//B"
    )
    assert (in_line["reference"], in_line.get("end_to_end_id")) == ("0012345678901234", None)


def test_a_returned_direct_debit_has_its_reason() -> None:
    ing = told("/RTRN/MS03//EREF/INC-7//CNTP/NL20INGB0001234567/INGBNL2A/JANSEN///REMI/USTD//Contributie/")
    assert (ing["return_reason"], ing["end_to_end_id"], ing["description"]) == (
        "MS03",
        "INC-7",
        "Contributie",
    )
    abn = told(
        "/RTYP/SEPA Incasso niet uitgevoerd/MARF/1/RTRN/MS03/IBAN/NL20INGB0001234567/NAME/Jan/REMI/mei"
    )
    assert (abn["return_reason"], abn["counterparty"], abn["description"]) == (
        "MS03", "Jan", "SEPA Incasso niet uitgevoerd mei",
    )  # fmt: skip
    rabobank = told("/RTRN/AC04/EREF/INC-7/ORDP//NAME/JANSEN/REMI/Contributie")
    assert (rabobank["return_reason"], rabobank["counterparty"]) == ("AC04", "JANSEN")
    assert told("x", ":61:2601050105D1,NRTINONREF")["return_reason"] == "RTI"
    assert told("x", ":61:2601050105RC1,NTRFNONREF")["return_reason"] == "RC"


def test_rabobank_has_the_account_below_the_line_and_codes_in_the_text() -> None:
    line = ":61:260105C000000000010,00N541EREF\nNL44RABO0123456789"
    text = (
        "/EREF/2026-77/ORDP//NAME/De Vries & Zn/ADDR/Straat 1 UTRECHT NL/REMI/Factuur 2026-77/ISDT/2026-01-05"
    )
    assert told(text, line) == {
        "counterparty": "De Vries & Zn", "counterparty_account": "NL44RABO0123456789",
        "description": "Factuur 2026-77", "end_to_end_id": "2026-77", "bank_code": "N541",
    }  # fmt: skip
    assert "counterparty_account" not in told("/PREF/BATCH 7", ":61:260105D1,N586PREF\n0000000000")
    number = told("/ORDP//NAME/Jan/REMI/x", ":61:260105C1,N122NONREF\n0663616476")
    assert (number["counterparty_account"], number["description"]) == ("0663616476", "x")
    tax = (
        "/EREF/1/BENM//NAME/Belastingdienst/REMI//CDTRREFTP//CD/SCOR/ISSR/CUR/CDTRREF/0034567899874563/ISDT/x"
    )
    assert told(tax, line)["reference"] == "0034567899874563"
    assert told(tax, line)["description"] == "0034567899874563"


def test_old_rabobank_has_account_and_name_in_the_line_and_several_texts() -> None:
    line = ":61:260105C000000000044,95N0600733959555      T-MOBILE"
    assert told("BETALINGSKENM.  0012345678901234\n:86:FACTUUR 98", line) == {
        "counterparty": "T-MOBILE", "counterparty_account": "0733959555", "reference": "0012345678901234",
        "description": "BETALINGSKENM. 0012345678901234 FACTUUR 98", "bank_code": "N060",
    }  # fmt: skip


def test_abn_amro_has_codes_or_columns_of_32_letters() -> None:
    coded = told(
        "/TRTP/SEPA OVERBOEKING/IBAN/NL20INGB0001234567/BIC/INGBNL2A/NAME/\n"
        "JANSEN B.V./REMI//INV/2026-15 5.1.2026/EREF/NOTPROVIDED"
    )
    assert coded == {
        "counterparty": "JANSEN B.V.", "counterparty_account": "NL20INGB0001234567",
        "description": "SEPA OVERBOEKING INV/2026-15 5.1.2026", "bank_code": "NTRF",
    }  # fmt: skip
    acceptgiro = told(
        "/TRTP/ACCEPTGIROBETALING/IBAN/NL20INGB0001234567/BIC/INGBNL2A\n"
        "/NAME/JANSEN/REMI/ISSUER: CUR                  REF: 0020\n043232693268/EREF/NOTPROVIDED"
    )
    assert acceptgiro["reference"] == "0020043232693268"
    columns = told(
        f"{'SEPA OVERBOEKING':<33}IBAN: NL20INGB0001234567\n"
        f"{'BIC: INGBNL2A':<33}NAAM: JANSEN EN DE VRIES BV HANDEL\n"
        # The number 2026-00015 is broken where its cell ends.
        "OMSCHRIJVING: FACTUUR NR 2026-00 015 EN 16\nKENMERK: F15"
    )
    assert columns == {
        "counterparty": "JANSEN EN DE VRIES BV HANDEL", "counterparty_account": "NL20INGB0001234567",
        "description": "SEPA OVERBOEKING FACTUUR NR 2026-00015 EN 16 F15", "end_to_end_id": "F15",
        "bank_code": "NTRF",
    }  # fmt: skip
    giro = told(
        f"{'SEPA ACCEPTGIROBETALING':<33}IBAN: NL20INGB0001234567\n"
        "BETALINGSKENM.: 0012345678901234 ID DEBITEUR: 7"
    )
    assert giro["reference"] == "0012345678901234"


def test_knab_has_codes_or_an_account_and_a_name_behind_the_text() -> None:
    line = ":61:2601050105C10,00NTRFNONREF//K1"
    old = told("FACTUUR 12, BETALINGSKENMERK: 00111111111, x\nREK: NL20INGB0001234567/NAAM: JANSEN", line)
    assert old == {
        "counterparty": "JANSEN", "counterparty_account": "NL20INGB0001234567", "reference": "00111111111",
        "description": "FACTUUR 12, BETALINGSKENMERK: 00111111111, x", "bank_reference": "K1",
        "bank_code": "NTRF",
    }  # fmt: skip


def test_sns_and_asn_have_account_and_name_first_and_the_text_below() -> None:
    line = ":61:2601050105D65,00NOVBNL20INGB0001234567\nj jansen"
    assert told("NL20INGB0001234567 j jansen\n \nBetaling factuur 7\n \n", line) == {
        "counterparty": "j jansen", "counterparty_account": "NL20INGB0001234567",
        "description": "Betaling factuur 7", "bank_code": "NOVB",
    }  # fmt: skip
    old = told(
        "0001234567 j jansen\n\nAAN JANSEN,NL20INGB0001234567,SCT1",
        line.replace("NL20INGB0001234567", "0001234567//B"),
    )
    assert (old["counterparty_account"], old["counterparty"]) == ("NL20INGB0001234567", "j jansen")
    assert "end_to_end_id" not in old


def test_triodos_has_bank_and_account_in_its_text() -> None:
    assert told("000>100000000000\n>20INGBNL2A\n>21NL20INGB0001234567\n>22FACTUUR 12 \n>310454545454") == {
        "counterparty_account": "NL20INGB0001234567", "description": "FACTUUR 12", "bank_code": "NTRF",
    }  # fmt: skip


def test_german_banks_number_their_fields() -> None:
    text = (
        "166?00GUTSCHRIFT?109245?20EREF+RE-2026-0001?21SVWZ+Rechnung 2026-\n"
        "0001 vom 0?223.01. RF18539007547034 Danke?30COBADEFFXXX?31DE89370400440\n"
        "532013000?32Muster und Soehne Gesellsch?33aft mbH?34000"
    )
    assert told(text, ":61:2601050105CR10,00NTRFNONREF//4711") == {
        "counterparty": "Muster und Soehne Gesellschaft mbH",
        "counterparty_account": "DE89370400440532013000",
        "description": "GUTSCHRIFT Rechnung 2026-0001 vom 03.01. RF18539007547034 Danke",
        "reference": "RF18539007547034", "end_to_end_id": "RE-2026-0001", "bank_reference": "4711",
        "bank_code": "NTRF+166",
    }  # fmt: skip


def test_a_sign_in_a_german_text_is_no_field() -> None:
    assert told("166?00GUTSCHRIFT?20SVWZ+Rechnung 7?96 oder 8?32JAN")["description"] == (
        "GUTSCHRIFT Rechnung 7?96 oder 8"
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("109?00RETOURE?20EREF+I7?21SVWZ+RETURN REASON MD06", "MD06"),
        ("109?00RETOURE?20EREF+I7?34914", "914"),
        ("109?00RETOURE?20EREF+I7?21SVWZ+SONSTIGE GRUENDE", "109"),
        ("166?00GUTSCHRIFT?20EREF+I7?21SVWZ+RECHNUNG MD06?34914", None),
    ],
)
def test_a_german_return_has_the_reason_that_is_told(text: str, reason: str | None) -> None:
    assert told(text).get("return_reason") == reason


def test_a_return_with_a_charge_is_two_parts_the_bank_booked_as_one() -> None:
    lines = (
        ":61:2601050105D53,00NRTINONREF//B1", "/OCMT/EUR50,00//CHGS/EUR3,00/",
        ":86:109?00RETOURE?20EREF+I7?32JANSEN",
    )  # fmt: skip
    extract, reading = read(mt940, message(*lines, closing="C260131EUR47,"))
    rows = cells(
        extract, "bank_entries", "amount", "batch_amount", "return_reason", "end_to_end_id", "bank_code"
    )
    assert rows == [("-50.00", "-53.00", "109", "I7", "NRTI+109"), ("-3.00", "-53.00", "", "", "CHGS")]
    [batch] = {name for (name,) in cells(extract, "bank_entries", "batch_entry")}
    assert batch.endswith("/B1")
    assert batch not in {name for (name,) in cells(extract, "bank_entries", "entry_id")}
    assert cells(extract, "bank_statements", "entries", "debits") == [("1", "53.00")]
    assert (reading.rows_read, reading.accepted) == (2, 2)
    # Amounts that do not come to what was booked leave it whole.
    extract, _reading = read(mt940, message(*(line.replace("3,00/", "2,00/") for line in lines)))
    assert cells(extract, "bank_entries", "amount", "batch_entry") == [("-53.00", "")]


def test_polish_banks_have_words_between_semicolons() -> None:
    text = (
        "911 PRZELEW; Z RACH.: \n56114010810000267002001001; OD: JAN NOWAK  \nUL. NIJAKA 1; "
        "TYT.: FV 12/2026; TNR: 1"
    )
    found = told(text)
    assert (found["counterparty"], found["counterparty_account"]) == (
        "JAN NOWAK",
        "56114010810000267002001001",
    )
    assert "FV 12/2026" in found["description"]


def test_banks_elsewhere_have_codes_of_swift_or_none() -> None:
    hsbc = told(
        "/OCMT/USD10,00/\nPAYMENT OF INVOICE 204\n/ORDP/ACME TRADING LTD",
        ":61:2601050105CD10,00NTRF1004688128      //61285222",
    )
    assert (hsbc["counterparty"], hsbc["bank_reference"]) == ("ACME TRADING LTD", "61285222")
    assert "PAYMENT OF INVOICE 204" in hsbc["description"]
    assert hsbc["end_to_end_id"] == "1004688128"
    citi = told(
        "/PT/FT/PY/INVOICE 204          112233\n   123", ":61:260105    CD10,00NMSCNONREF//\n/ABC/DEF"
    )
    assert citi["description"] == "INVOICE 204 112233 123 FT /ABC/DEF"
    swiss = told(
        "GIRO AUFTRAGGEBER: JANE DOE MITTEILUNGEN: RECHNUNG 7", ":61:2601050105C10,FMSC01916//NONREF"
    )
    assert swiss["description"] == "GIRO AUFTRAGGEBER: JANE DOE MITTEILUNGEN: RECHNUNG 7"
    assert "bank_reference" not in swiss


def test_a_belgian_communication_and_an_account_are_found_in_a_free_text() -> None:
    found = told("OVERSCHRIJVING VAN BE68539007547034 JANSEN MEDEDELING +++010/8068/17183+++")
    assert (found["reference"], found["counterparty_account"]) == ("010806817183", "BE68539007547034")
    # Its own account is nobody else's, and one whose check digits do not fit is no account.
    for text in (
        "naar NL91ABNA0417164300",
        "van BE69539007547034",
        "BE68539007547034 NL20INGB0001234567 beide",
    ):
        assert "counterparty_account" not in told(text)


def test_banks_with_ways_of_their_own() -> None:
    penta = told("999SEPA_CREDIT_TRANSFER:Rechnung 7: Mai:Muster GmbH:DE89370400440532013000:GEBUEHR")
    assert (penta["counterparty"], penta["counterparty_account"], penta["description"]) == (
        "Muster GmbH", "DE89370400440532013000", "Rechnung 7: Mai",
    )  # fmt: skip
    macedonian = told("/ORDP/300000000460495\n/IVOTEHNA DOOEL\n/747//747\n/Uplata po faktura 747")
    assert (macedonian["counterparty"], macedonian["counterparty_account"]) == (
        "IVOTEHNA DOOEL", "300000000460495",
    )  # fmt: skip
    assert macedonian["description"] == "747//747 /Uplata po faktura 747"
    private = told("x\n:NS:01Rechnung 7\n02vom Mai\n15Muster\n16GmbH\n17Gutschrift\n340004279")["description"]
    assert private.startswith("x 01Rechnung 7")
    lines = (
        ":61:2601050105CM10,00S051\n:NS:01Rechnung 7\n02vom Mai\n15Muster\n16GmbH\n17Gutschrift\n340004279"
    )
    extract, _reading = read(mt940, message(lines))
    columns = ("counterparty", "counterparty_account", "description", "bank_code")
    assert cells(extract, "bank_entries", *columns) == [
        ("Muster GmbH", "0004279", "Rechnung 7 vom Mai Gutschrift", "S051"),
    ]  # fmt: skip


def test_the_name_of_the_other_one_is_the_first_and_a_line_that_the_text_repeats_is_one() -> None:
    assert told("/ORDP//NAME/Jan/REMI/x/INIT//NAME/Servicebureau")["counterparty"] == "Jan"
    swiss = told("Vergutung AXA AG\nAXA AG,FAKTURA 7", ":61:2601050105D4,FMSCNONREF//NONREF\nAXA AG ")
    assert (swiss["counterparty"], swiss["description"]) == ("AXA AG", "Vergutung AXA AG AXA AG,FAKTURA 7")
    assert "counterparty" not in told("Belastung LSV", ":61:2601050105D4,FMSCNONREF\nBelastung LSV")


def test_a_swiss_reference_is_known_by_its_check_digit() -> None:
    # 21 00000 00003 13947 14300 09017: the example of the Swiss implementation guidelines.
    for text in ("210000000003139471430009017", "REF 21 00000 00003 13947 14300 09017 X"):
        assert told(text)["reference"] == "210000000003139471430009017"
    assert "reference" not in told("210000000003139471430009018")


@pytest.mark.parametrize("text", ["NOTPROVIDED", "NONREF", "", "0000000000"])
def test_words_that_say_there_is_no_reference_are_none(text: str) -> None:
    assert "end_to_end_id" not in told(f"/EREF/{text}/REMI/x", f":61:2601050105C1,NTRF{text}//NONREF")


def test_control_characters_and_formulas_of_a_text_are_kept_as_text() -> None:
    assert told("=cmd|' /C calc'!A0\x00\x1b[31m\tx")["description"] == "=cmd|' /C calc'!A0[31m x"
