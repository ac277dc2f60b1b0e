"""Presets: those that ship, what one may say, what is refused."""

import datetime as dt
import hashlib
import re
from decimal import Decimal

import pytest

from data.errors import KasstroomError
from data.importers import load_preset, preset_names, read_file


def test_the_presets_that_ship_all_load():
    assert {"afas", "cleared-nl", "ibm", "quickbooks"} <= set(preset_names())
    for name in preset_names():
        assert load_preset(name).name == name


def test_an_unknown_preset_is_refused_with_the_known_ones():
    with pytest.raises(
        KasstroomError, match=r"There is no preset 'nobody'; known are abn-amro, abn-amro-text, "
    ):
        load_preset("nobody")
    with pytest.raises(KasstroomError, match=r"gone\.toml cannot be read"):
        load_preset("gone.toml")


def test_a_preset_of_one_grain_reads_words_dates_and_defaults_as_it_says(tmp_path):
    preset = tmp_path / "own.toml"
    preset.write_text(
        """
        grain = "payments"
        delimiter = "|"
        date_format = "YYYYMMDD"
        decimal = "."
        thousands = " "
        ignored = ["Memo"]
        [columns]
        Nr = "payment_id"
        Debtor = "customer_id"
        Doc = "invoice_id"
        Day = "payment_date"
        Sum = "amount"
        Type = "kind"
        [defaults]
        currency = "GBP"
        [choices.kind]
        B = "payment"
        A = "write_off"
        """
    )
    path = tmp_path / "any.txt"
    path.write_text(
        "Nr|Debtor|Doc|Day|Sum|Type|Memo\n1|C1|F1|20260105|1 234.50|A|\n"
        "2|C1||20260105|5|payment|=x\n3|C1||2026-01-05|5||\n"
    )
    result = read_file(path, load_preset(str(preset)))
    assert result.preset == "own"
    assert result.preset_sha256 == hashlib.sha256(preset.read_bytes()).hexdigest()
    assert result.grains["payments"].rows() == [
        (
            "1",
            "C1",
            "F1",
            dt.date(2026, 1, 5),
            "GBP",
            Decimal("1234.50"),
            "write_off",
            None,
            None,
            None,
            None,
            None,
            None,
            1,
            2,
        )
    ]
    assert list(result.rejects.select("line", "column", "reason").iter_rows()) == [
        (3, "Type", "Type 'payment' is not one of B, A"),
        (4, "Day", "Day '2026-01-05' is not a date written as YYYYMMDD"),
    ]


GOOD_PRESET = 'grain = "instalments"\n[columns]\na = "invoice_id"\nb = "due_date"\nc = "amount"\n'


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("grain = ", "is not TOML"),
        ("guess = true\n" + GOOD_PRESET, "'guess' is not a key of a preset"),
        (GOOD_PRESET.replace("instalments", "instalment"), "grain must be one of customers"),
        ('date_format = "DMYYYY"\n' + GOOD_PRESET, "'DMYYYY' needs a sign on both sides of D and of M"),
        ('date_format = "D-MYYYY"\n' + GOOD_PRESET, "'D-MYYYY' needs a sign on both sides of D and of M"),
        ('shape = "wide"\n' + GOOD_PRESET, "shape must be one of grain, cleared_invoices"),
        ('encoding = "utf-7"\n' + GOOD_PRESET, "encoding must be one of utf-8"),
        ('delimiter = "::"\n' + GOOD_PRESET, "delimiter must be a comma, semicolon, tab or bar"),
        ('date_format = "DD-MM"\n' + GOOD_PRESET, "does not name year, month and day once each"),
        ('date_format = "MM-MM-YYYY"\n' + GOOD_PRESET, "does not name year, month and day once each"),
        ('decimal = ","\nthousands = ","\n' + GOOD_PRESET, "thousands must be empty, or"),
        ('trailing_minus = "yes"\n' + GOOD_PRESET, "trailing_minus must be true or false"),
        ('ignored = "a"\n' + GOOD_PRESET, "ignored must be a list of texts"),
        ('ignored = ["a"]\n' + GOOD_PRESET, "'a' is both used and ignored"),
        (GOOD_PRESET + 'd = "amount"\n', "'amount' is fed by two columns"),
        (GOOD_PRESET + 'd = "colour"\n', "instalments has no column 'colour'"),
        (GOOD_PRESET.replace('c = "amount"\n', ""), "nothing feeds 'amount'"),
        (
            GOOD_PRESET.replace('c = "amount"\n', "[defaults]\namount = 5\n"),
            "defaults must be a table of texts",
        ),
        (GOOD_PRESET.replace('c = "amount"\n', '[defaults]\namount = "5,00"\n'), "'5,00' is not a number"),
        (GOOD_PRESET + '[choices.amount]\nx = "5"\n', "choices cannot be given for amount"),
        (
            GOOD_PRESET + '[total_row]\ncolumn = "z"\ntext = "T"\n',
            "total row's column 'z' is not among the columns",
        ),
        (
            GOOD_PRESET.replace('grain = "instalments"', 'shape = "cleared_invoices"'),
            "nothing feeds 'customer_id'",
        ),
    ],
)
def test_a_preset_that_cannot_be_meant_is_refused_with_a_sentence(text, sentence, tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(GOOD_PRESET)
    load_preset(str(path))
    path.write_text(text)
    with pytest.raises(KasstroomError, match=re.escape(sentence)) as refusal:
        load_preset(str(path))
    assert str(refusal.value).startswith("The preset own.toml ")
