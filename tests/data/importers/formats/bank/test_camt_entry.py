"""One entry of camt.053: amount, days, parties, texts and references, in every version."""

from datetime import date
from decimal import Decimal

import pytest

from tests.data.importers.formats.bank.camt_texts import (
    OWN,
    amount,
    camt_053,
    entry,
    only,
    party,
    read,
    rows,
    statement,
    transaction,
)

D = Decimal
BAKKER = "NL20INGB0001234567"


def one(*details: str, text: str = "10.00", version: str = "08", owner: str = "", **more: str):
    return only(camt_053(statement(entry(text, *details, **more), owner=owner), version=version))


@pytest.mark.parametrize(
    ("text", "side", "cents"),
    [
        ("10.00", "CRDT", "10.00"),
        ("10.00", "DBIT", "-10.00"),
        ("8.85000", "CRDT", "8.85"),
        ("2545", "DBIT", "-2545.00"),
        ("0.2", "CRDT", "0.20"),
        (".5", "CRDT", "0.50"),
        ("+7.10", "CRDT", "7.10"),
        ("0", "DBIT", "0.00"),
        ("0000000000000000012.30", "CRDT", "12.30"),
    ],
)
def test_the_sign_comes_from_the_side_and_zeros_are_no_decimals(text: str, side: str, cents: str) -> None:
    assert one(text=text, side=side)["amount"] == D(cents)


@pytest.mark.parametrize(
    ("text", "side", "reason"),
    [
        ("12..34", "CRDT", "Amt '12..34' is not a number written like 1234.56"),
        ("12,34", "CRDT", "Amt '12,34' is not a number written like 1234.56"),
        ("-5.00", "CRDT", "Amt '-5.00' is not a number written like 1234.56"),
        ("8.851", "CRDT", "Amt '8.851' has more than 2 decimals"),
        ("12345678901234567", "CRDT", "Amt '12345678901234567' has more than 16 digits before the decimals"),
        ("", "CRDT", "Amt is empty"),
        ("5.00", "XXXX", "CdtDbtInd 'XXXX' is neither CRDT nor DBIT"),
        ("5.00", "", "CdtDbtInd '' is neither CRDT nor DBIT"),
    ],
)
def test_an_entry_that_cannot_be_read_is_refused_alone(text: str, side: str, reason: str) -> None:
    reading = read(camt_053(statement(entry(text, side=side), entry("7.00"))))
    assert reading.rejects["reason"].to_list() == [reason]
    assert [row["amount"] for row in rows(reading)] == [D("7.00")]
    assert rows(reading, "bank_statements")[0]["entries"] == 1


@pytest.mark.parametrize(
    ("day", "booked"),
    [
        ("<Dt>2026-03-05</Dt>", date(2026, 3, 5)),
        ("<Dt>2026-03-05+01:00</Dt>", date(2026, 3, 5)),
        ("<DtTm>2026-03-31T23:30:00+02:00</DtTm>", date(2026, 3, 31)),
        ("<DtTm>2026-03-31T23:30:00-11:00</DtTm>", date(2026, 3, 31)),
        ("<Dt>2026-03-05T00:00:00.000000000</Dt>", date(2026, 3, 5)),
    ],
)
def test_the_day_is_the_one_that_is_written(day: str, booked: date) -> None:
    assert one(day=day)["entry_date"] == booked


def test_an_impossible_value_date_takes_the_booking_date_and_is_named() -> None:
    reading = read(camt_053(statement(entry("10.00", value="2026-02-30"), entry("5.00", value="2026-03-09"))))
    assert [row["value_date"] for row in rows(reading)] == [date(2026, 3, 5), date(2026, 3, 9)]
    assert [str(note) for note in reading.notes] == [
        (
            "The value date '2026-02-30' of the entry of 10.00 on line 7 is no day of the calendar; its "
            "booking date stands in for it."
        )
    ]


def test_an_impossible_booking_date_refuses_the_entry() -> None:
    reading = read(camt_053(statement(entry("10.00", day="<Dt>2026-02-30</Dt>"), entry("5.00"))))
    assert reading.rejects["reason"].to_list() == ["BookgDt '2026-02-30' is not a day of the calendar"]
    assert reading.rejects["raw"].to_list() == ["10.00 EUR CRDT BOOK 2026-02-30"]
    assert len(rows(reading)) == 1


@pytest.mark.parametrize(
    ("status", "count"),
    [
        ("BOOK", 1),
        ("<Cd>BOOK</Cd>", 1),
        ("\n  <Cd>BOOK</Cd>\n", 1),
        ("", 1),
        ("PDNG", 0),
        ("<Cd>PDNG</Cd>", 0),
        ("INFO", 0),
        ("<Cd>FUTR</Cd>", 0),
    ],
)
def test_pending_entries_never_count(status: str, count: int) -> None:
    reading = read(camt_053(statement(entry("10.00", status=status), entry("5.00"))))
    assert len(rows(reading)) == 1 + count
    assert rows(reading, "bank_statements")[0]["credits"] == D("5.00") + D("10.00") * count
    expected = [] if count else ["Entries that are not booked yet, and do not count: 1."]
    assert [str(note) for note in reading.notes] == expected


@pytest.mark.parametrize("wrapper", ["", "Pty"])
@pytest.mark.parametrize(("side", "tag"), [("CRDT", "Dbtr"), ("DBIT", "Cdtr")])
def test_the_counterparty_is_the_other_side(wrapper: str, side: str, tag: str) -> None:
    mine = "Cdtr" if tag == "Dbtr" else "Dbtr"
    parties = party(tag, "Bakker &amp; Zn", "nl20 ingb 0001 2345 67", wrapper=wrapper)
    parties += party(mine, "Wij", OWN, wrapper=wrapper)
    row = one(transaction(parties=parties), side=side)
    assert (row["counterparty"], row["counterparty_account"]) == ("Bakker & Zn", BAKKER)


def test_in_a_return_the_parties_are_those_of_the_payment_that_came_back() -> None:
    # A direct debit of ours that the payer's bank took back: money out, and the payer is the debtor.
    both = party("Dbtr", "Bakker", BAKKER) + party("Cdtr", "Wij")
    reason = "<RtrInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>Account closed</AddtlInf></RtrInf>"
    row = one(transaction(reason, parties=both, text="F12"), side="DBIT")
    assert (row["counterparty"], row["return_reason"]) == ("Bakker", "AC04")
    assert row["description"] == "F12 Account closed"
    # A bank that turns the parties round is told by our own account.
    turned = party("Dbtr", "Wij", OWN) + party("Cdtr", "Bakker", BAKKER)
    assert one(transaction(reason, parties=turned), side="DBIT")["counterparty"] == "Bakker"


@pytest.mark.parametrize(
    "more",
    [
        "<RvslInd>true</RvslInd>",
        "<RvslInd>1</RvslInd>",
        "<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>IDDT</Cd><SubFmlyCd>UPDD</SubFmlyCd></Fmly></Domn></BkTxCd>",
        "<BkTxCd><Prtry><Cd>NRTI+109+00905</Cd><Issr>DK</Issr></Prtry></BkTxCd>",
    ],
)
def test_a_return_without_a_reason_has_the_code_for_none(more: str) -> None:
    assert one(side="DBIT", more=more)["return_reason"] == "MS03"
    assert one(side="DBIT", more="<RvslInd>false</RvslInd>")["return_reason"] is None


def test_the_owner_of_the_account_is_never_the_counterparty() -> None:
    row = one(
        transaction(parties=party("Dbtr", "Wij BV") + party("Cdtr", "Bakker")),
        owner="<Ownr><Pty><Nm>Wij BV</Nm></Pty></Ownr>",
    )
    assert row["counterparty"] == "Bakker"


def test_who_stands_behind_a_party_is_kept() -> None:
    parties = party("Dbtr", "Betaaldienst") + "<UltmtDbtr><Pty><Nm>Bakker</Nm></Pty></UltmtDbtr>"
    row = one(transaction(parties=parties, text="F12"))
    assert (row["counterparty"], row["description"]) == ("Betaaldienst", "F12 /ULTD/Bakker")
    row = one(transaction(parties="<UltmtDbtr><Nm>Bakker</Nm></UltmtDbtr>"))
    assert (row["counterparty"], row["description"]) == ("Bakker", None)


def test_an_account_without_iban_is_its_number() -> None:
    account = "<DbtrAcct><Id><Othr><Id> 12.34 56 789</Id></Othr></Id></DbtrAcct>"
    assert one(transaction(parties=account))["counterparty_account"] == "123456789"


def test_every_line_of_text_counts_and_control_characters_go() -> None:
    text = "<Ustrd>Factuur\n   F12,\x7f</Ustrd><Ustrd>dank &#133; u</Ustrd>"
    text += "<Strd><RfrdDocInf><Nb>F13</Nb></RfrdDocInf><RfrdDocInf><Nb>F14</Nb></RfrdDocInf></Strd>"
    row = one(
        transaction("<AddtlTxInf>SEPA</AddtlTxInf>", text=text), more="<AddtlNtryInf>F12,</AddtlNtryInf>"
    )
    assert row["description"] == "Factuur F12, dank u F13 F14 SEPA"


def test_text_that_only_the_bank_wrote_is_the_description() -> None:
    assert one("<TxDtls/>", more="<AddtlNtryInf>Kosten maart</AddtlNtryInf>")["description"] == "Kosten maart"


@pytest.mark.parametrize("stated", ["RF73INV20260042", "1906350066203673", "000000270148751802165444888"])
def test_a_structured_reference_stays_text_whatever_its_check_digit(stated: str) -> None:
    structured = f"<Strd><CdtrRefInf><Ref> {stated} </Ref></CdtrRefInf></Strd>"
    again = "<Strd><CdtrRefInf><Ref>SECOND</Ref></CdtrRefInf></Strd>"
    row = one(transaction(text=structured + again))
    assert (row["reference"], row["description"]) == (stated, "SECOND")


def test_references_of_payer_bank_and_mandate() -> None:
    refs = "<AcctSvcrRef>T1</AcctSvcrRef><EndToEndId>E2E-1</EndToEndId><MndtId>M-9</MndtId>"
    row = one(transaction(refs=refs), reference="R1")
    assert (row["end_to_end_id"], row["bank_reference"], row["description"]) == ("E2E-1", "T1", "/MARF/M-9")
    assert row["entry_id"].endswith("/T1")
    row = one(transaction(refs="<EndToEndId>NOTPROVIDED</EndToEndId>"), reference="R1")
    assert (row["end_to_end_id"], row["bank_reference"]) == (None, "R1")
    assert row["entry_id"].endswith("/R1")


@pytest.mark.parametrize(
    ("reference", "kept"),
    [("20260125-137113", "20260125-137113"), ("12", None), ("0322222221000003", "0322222221000003")],
)
def test_a_number_that_only_counts_entries_is_no_reference(reference: str, kept: str | None) -> None:
    row = one(more=f"<NtryRef>{reference}</NtryRef>")
    assert row["bank_reference"] == kept
    assert one(reference="NONREF")["bank_reference"] is None


def test_the_code_is_that_of_iso_else_the_banks_own() -> None:
    of_iso = "<Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn>"
    own = "<Prtry><Cd>00100</Cd></Prtry>"
    assert one(more=f"<BkTxCd>{of_iso}{own}</BkTxCd>")["bank_code"] == "PMNT-RCDT-ESCT"
    assert one(more=f"<BkTxCd>{own}</BkTxCd>")["bank_code"] == "00100"
    assert one(transaction(f"<BkTxCd>{own}</BkTxCd>"), more="<BkTxCd/>")["bank_code"] == "00100"


@pytest.mark.parametrize("charges", [f"{amount('3.00')}", f"<Rcrd>{amount('3.00')}</Rcrd>"])
def test_a_return_with_charges_is_one_entry_of_the_amount_booked(charges: str) -> None:
    money = f"<AmtDtls><InstdAmt>{amount('50.00')}</InstdAmt></AmtDtls>"
    detail = transaction(f"<Chrgs>{charges}</Chrgs>", money=money, parties=party("Dbtr", "Bakker", BAKKER))
    row = one(detail, text="53.00", side="DBIT", more="<RvslInd>true</RvslInd>")
    assert row["amount"] == D("-53.00")
    assert row["description"] == "/OCMT/EUR50.00 /CHGS/EUR3.00"


def test_an_amount_in_another_currency_is_no_amount_of_the_entry() -> None:
    money = f"<AmtDtls><InstdAmt>{amount('1000.00', 'USD')}</InstdAmt></AmtDtls>"
    row = one(transaction(money=money, text="PO 7781"), text="920.00", side="DBIT")
    assert (row["amount"], row["description"]) == (D("-920.00"), "PO 7781 /OCMT/USD1000.00")
