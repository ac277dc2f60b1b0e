"""Settlement files of payment providers: lines as they move the balance, each with its payout."""

import json
from decimal import Decimal

import pytest

from data.importers import load_preset, read_file, recognise, shipped_presets
from tests.data.importers.vendors.providers import PROVIDERS
from tests.paths import SAMPLES

D = Decimal
EACH = pytest.mark.parametrize("case", PROVIDERS, ids=lambda case: case.preset)
FOLDER = SAMPLES / "psp"
needs_samples = pytest.mark.skipif(not FOLDER.exists(), reason="no ../shared/samples/psp here")
COLUMNS = ("line_id", "payout_id", "kind", "created_date", "gross", "fee", "net")


def read_text(text, tmp_path, preset):
    path = tmp_path / "settlement.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_file(path, load_preset(preset))


def notes(reading):
    return [str(note) for note in reading.notes]


@EACH
def test_every_line_of_a_settlement_moves_the_balance_as_it_stands(case, tmp_path):
    reading = read_text(case.content, tmp_path, case.preset)
    assert reading.rejects.select("line", "reason").rows() == []
    payments = reading.grains["provider_payments"]
    found = [tuple(None if each is None else str(each) for each in row)
             for row in payments.select(COLUMNS).iter_rows()]  # fmt: skip
    # A number that is made of the line's content is none that could be worked out by hand.
    named = {line[0] for line in case.lines}
    assert [(line[0] if line[0] in named else None, *line[1:]) for line in found] == case.lines
    assert payments["line_id"].n_unique() == len(case.lines)
    assert reading.rows_read == reading.accepted + reading.rejected + reading.duplicate
    assert reading.sum_accepted == sum(D(line[-1]) for line in case.lines)
    assert recognise(case.content, "settlement.csv", shipped_presets()).name == case.preset


@needs_samples
def test_the_samples_of_providers_come_to_what_they_are_known_to_come_to():
    rows = [line.split("\t") for line in (SAMPLES / "MANIFEST.tsv").read_text("utf-8").splitlines()[1:]]
    facts = {row[1]: json.loads(row[4]) for row in rows if row[0] == "psp"}
    found = {}
    for name in facts:
        path = SAMPLES / name
        reading = read_file(path, recognise(path.read_bytes(), path.name, shipped_presets()))
        assert reading.rejects.height == 0
        found[name] = reading.grains["provider_payments"]
    stripe, said = found["psp/stripe_itemised_docs.csv"], facts["psp/stripe_itemised_docs.csv"]
    payout = stripe.filter(kind="payout")
    rest = stripe.filter(stripe["kind"] != "payout")
    assert (stripe.height, payout["net"][0]) == (said["rows"], D(said["payout"]))
    assert rest["gross"].sum() == D(said["gross_without_payout"])
    assert rest["net"].sum() == D(said["net_without_payout"])
    # The fee of the dispute is charged too: 64.18 adds it with the wrong sign.
    assert rest["fee"].sum() == -(D(said["fee_without_payout"]) + 2 * D("15.00"))
    sibs, said = found["psp/sibs_pt.csv"], facts["psp/sibs_pt.csv"]
    assert (sibs.height, sibs["gross"].sum(), -sibs["fee"].sum(), sibs["net"].sum()) == (
        said["rows"], D(said["gross"]), D(said["fee"]), D(said["net"]),
    )  # fmt: skip
    assert {str(day) for day in sibs["payout_date"]} == {said["settled"]}
    orders, said = found["psp/shopify_orders.csv"], facts["psp/shopify_orders.csv"]
    assert orders.select("gross", "currency", "order_number", "created_date").rows() == [
        (D(said["total"]), said["currency"], "#1001", orders["created_date"][0])
    ]
    assert str(orders["created_date"][0]) == said["paid"]


HEAD = "balance_transaction_id,created (UTC),currency,gross,fee,net,reporting_category,description\n"


def test_a_row_of_which_gross_fee_and_net_do_not_agree_is_refused(tmp_path):
    reading = read_text(HEAD + "t1,2026-10-01 1:00,eur,10.00,1.00,8.50,charge,x\n", tmp_path, "stripe")
    assert reading.rejects["reason"].to_list() == ["net is not what gross and fee come to"]


def test_a_payout_that_its_lines_do_not_come_to_is_taken_in_and_named(tmp_path):
    rows = "t1,2026-10-01 1:00,eur,10.00,1.00,9.00,charge,x\nt2,2026-10-02 1:00,eur,-9.50,0,-9.50,payout,x\n"
    later = "t3,2026-10-03 1:00,eur,10.00,1.00,9.00,charge,x\nt4,2026-10-04 1:00,eur,-9.00,0,-9.00,payout,x\n"
    last = "t5,2026-10-05 1:00,eur,10.00,1.00,9.00,charge,x\n"
    reading = read_text(HEAD + rows + later + last, tmp_path, "stripe")
    assert reading.accepted == 5
    assert notes(reading)[-1] == "Payout t2: its lines come to 0.50 EUR less than was paid out."
    payouts = reading.grains["provider_payments"].select("line_id", "payout_id").rows()
    assert payouts == [("t1", "t2"), ("t2", "t2"), ("t3", "t4"), ("t4", "t4"), ("t5", None)]
    backwards = "\n".join((rows + later + last).split("\n")[-2::-1]) + "\n"
    again = read_text(HEAD + backwards, tmp_path, "stripe").grains["provider_payments"]
    assert sorted(again.select("line_id", "payout_id").rows()) == sorted(payouts)


def test_a_total_that_the_lines_do_not_come_to_is_refused(tmp_path):
    text = PROVIDERS[5].content.decode().replace("2.460,00", "2.461,00")
    reading = read_text(text, tmp_path, "sibs")
    assert reading.rejects["line"].to_list() == [5]
    assert reading.accepted == 3


def test_a_line_that_stands_twice_counts_once_and_two_of_one_number_are_refused(tmp_path):
    line = "t1,2026-10-01 1:00,eur,10.00,1.00,9.00,charge,x\n"
    reading = read_text(HEAD + line + line, tmp_path, "stripe")
    assert (reading.accepted, reading.duplicate) == (1, 1)
    other = read_text(HEAD + line + line.replace("9.00", "11.00"), tmp_path, "stripe")
    assert (other.accepted, other.rejected) == (0, 2)


def test_days_that_two_countries_write_alike_are_told_by_their_order(tmp_path):
    head = '"Date","Time","Name","Type","Status","Currency","Gross","Fee","Net","Transaction ID"\n'

    def line(day, number):
        return f'"{day}","10:00","A","Payment","Completed","EUR","10.00","-1.00","9.00","{number}"\n'

    days = ("01/10/2026", "02/10/2026", "05/10/2026", "03/11/2026", "04/11/2026")
    reading = read_text(head + "".join(map(line, days, "abcde")), tmp_path, "paypal")
    found = [str(day) for day in reading.grains["provider_payments"]["created_date"]]
    assert found == ["2026-10-01", "2026-10-02", "2026-10-05", "2026-11-03", "2026-11-04"]
