"""Rows of banks and of payment providers, each with the amount it moves, whatever its columns."""

from collections.abc import Sequence

import polars as pl

from data.importers.bank_grains import DESCRIPTIONS, FEE_COLUMNS, LINE_NUMBERS
from data.importers.cells import DTYPES

_MONEY = DTYPES["money"]
# An account by its IBAN, or by a number; any other is called by a name.
_IBAN = r"^(?i)[a-z]{2}[0-9]{2}[a-z0-9 .-]{8,}$"
_NUMBER = r"^[0-9][0-9 .-]*$"
_NO_SIGN = r"[\s.-]+"
# Dutch banks write the other party into the text where they have no column for it, in one of two ways.
_SLASHES = "REMI|EREF|IBAN|BIC|TRTP|CSID|MARF|ADDR|BENM|ORDP|ULTD|ULTC|ULTB|PURP|RTRN|ISDT"
_LABELS = "Machtiging|Omschrijving|IBAN|BIC|Kenmerk|Incassant|Betalingskenm|Voor|Datum/Tijd|Adres|Valutadatum"
_OTHER_NAME = (
    rf"/NAME/(.+?)(?:/(?:{_SLASHES})/|$)",
    rf"\bNaam: +(.+?)(?: +(?:{_LABELS})\.?:|$)",
)
_OTHER_ACCOUNT = (
    r"/IBAN/([A-Z]{2}[0-9]{2}[A-Z0-9]{8,30})(?:/|$)",
    r"\bIBAN: +([A-Z]{2}[0-9]{2}[A-Z0-9]{8,30})\b",
)


def with_amounts(rows: pl.DataFrame) -> pl.DataFrame:
    """Work out what each row of a bank moves, on which account, and its texts.

    Args:
        rows: typed, all columns of `bank_grains.BANK_LIST`.
    """
    is_credit = (pl.col("side") == "credit").fill_null(value=False)
    is_incoming = is_credit | (pl.col("side").is_null() & (pl.col("amount") > 0)).fill_null(value=False)
    of_side = (
        pl.when(side="debit")
        .then(-pl.coalesce("amount", "debit").abs())
        .when(is_credit)
        .then(pl.coalesce("amount", "credit").abs())
    )
    # Some banks write what goes out below zero in its own column too.
    both = pl.col("credit").fill_null(zero()) - pl.col("debit").abs().fill_null(zero())
    has_both = pl.col("debit").is_not_null() | pl.col("credit").is_not_null()
    # The fee of a payment received is that of who paid it.
    is_fee_of_other = is_credit & pl.col("credit_currency").is_not_null()
    rows = rows.with_columns(
        pl.coalesce(of_side, "amount", pl.when(has_both).then(both)).cast(_MONEY).alias("amount"),
        pl.when(is_fee_of_other).then(None).otherwise("fee").cast(_MONEY).alias("fee"),
        _of_side(is_credit, "currency", "credit_currency"),
        _joined([_of_side(is_incoming, "counterparty", "credit_counterparty")]).alias("counterparty"),
        _joined([pl.col(name) for name in DESCRIPTIONS]).alias("description"),
        _number_of("account"),
        _number_of("counterparty_account"),
    )
    text = pl.col("description")
    return rows.with_columns(
        pl.coalesce("counterparty", *(text.str.extract(pattern) for pattern in _OTHER_NAME)),
        pl.coalesce("counterparty_account", *(text.str.extract(pattern) for pattern in _OTHER_ACCOUNT)),
    )


def _of_side(is_credit: pl.Expr, column: str, of_credit: str) -> pl.Expr:
    return pl.coalesce(pl.when(is_credit).then(of_credit), column).alias(column)


def _joined(texts: Sequence[pl.Expr]) -> pl.Expr:
    """Return texts in one, with single spaces; null where there is none."""
    joined = pl.concat_str(texts, separator=" ", ignore_nulls=True)
    plain = joined.str.replace_all(r"\s+", " ").str.strip_chars()
    return pl.when(plain != "").then(plain)


def _number_of(column: str) -> pl.Expr:
    """Return the number of an account without the spaces and signs that people write in it."""
    text = pl.col(column)
    is_number = text.str.contains(_IBAN) | text.str.contains(_NUMBER)
    number = text.str.replace_all(_NO_SIGN, "").str.to_uppercase()
    return pl.when(is_number).then(number).otherwise(text).alias(column)


def with_moves(rows: pl.DataFrame) -> pl.DataFrame:
    """Work out gross, fee and net of each row of a payment provider, as they move its balance.

    Whether a fee is written above or below zero differs between two rows of one file: what makes gross and
    fee come to the net is meant. Without a net a fee above zero is charged.

    Args:
        rows: typed, all columns of `bank_grains.SETTLEMENT_LIST`.
    """
    rows = rows.with_columns(
        _from_sides("gross"),
        _from_sides("net"),
        stated=pl.sum_horizontal(pl.col(name).fill_null(zero()) for name in FEE_COLUMNS).cast(_MONEY),
        line_id=_line_number(),
        is_foreign=(pl.col("gross_currency") != pl.col("currency")).fill_null(value=False),
    )
    rows = rows.with_columns(
        # Amounts of another currency do not compare: the net is what moved.
        gross=pl.when(pl.col("is_foreign") & pl.col("net").is_not_null()).then(None).otherwise("gross"),
    )
    gross, net, stated = pl.col("gross"), pl.col("net"), pl.col("stated")
    has_sides = pl.col("gross_debit").is_not_null() | pl.col("gross_credit").is_not_null()
    turned = has_sides & ~_agree(gross, net, stated) & _agree(-gross, net, stated)
    rows = rows.with_columns(gross=pl.when(turned.fill_null(value=False)).then(-gross).otherwise(gross))
    charged = pl.when(gross > 0).then(-stated.abs()).otherwise(-stated)
    rows = rows.with_columns(
        fee=pl.when(_agree(gross, net, stated)).then(net - gross).otherwise(charged).cast(_MONEY)
    )
    both = (pl.col("gross").fill_null(zero()) + pl.col("fee")).cast(_MONEY)
    has_any = pl.col("gross").is_not_null() | (pl.col("stated") != 0)
    rows = rows.with_columns(net=pl.coalesce("net", pl.when(has_any).then(both)))
    rows = rows.with_columns(gross=pl.coalesce("gross", (pl.col("net") - pl.col("fee")).cast(_MONEY)))
    return rows.with_columns(kind=_kind()).drop("stated", "is_foreign")


def _line_number() -> pl.Expr:
    """Return the number of a line; one that changes another has the number of both, and what it is."""
    number, second = (pl.col(name) for name in LINE_NUMBERS)
    both = pl.concat_str(number, second, "kind", separator="/", ignore_nulls=True)
    return pl.when(second.is_not_null()).then(both).otherwise(number)


def _kind() -> pl.Expr:
    """Return what a line is; where no column says so, its number and its sign do.

    A charge below zero is something that was bought with the balance.
    """
    number, gross = pl.col("line_id").fill_null(""), pl.col("gross")
    by_number = (
        pl.when(number.str.starts_with("chb_"))
        .then(pl.lit("chargeback"))
        .when((number == "") & (gross < 0))
        .then(pl.lit("fee"))
        .when(gross < 0)
        .then(pl.lit("refund"))
        .otherwise(pl.lit("charge"))
    )
    is_bought = (pl.col("kind") == "charge") & (gross < 0)
    stated = pl.when(is_bought).then(pl.lit("adjustment")).otherwise("kind")
    return pl.coalesce(stated, by_number)


def _from_sides(column: str) -> pl.Expr:
    debit, credit = pl.col(f"{column}_debit"), pl.col(f"{column}_credit")
    both = credit.fill_null(zero()) - debit.fill_null(zero())
    has_both = debit.is_not_null() | credit.is_not_null()
    return pl.coalesce(column, pl.when(has_both).then(both)).cast(_MONEY).alias(column)


def _agree(gross: pl.Expr, net: pl.Expr, fee: pl.Expr) -> pl.Expr:
    return ((net - gross).abs() == fee.abs()).fill_null(value=False)


def zero() -> pl.Expr:
    """Return an amount of nothing."""
    return pl.lit("0.00").cast(_MONEY)
