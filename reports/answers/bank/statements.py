"""Bank statements with what is wrong with them, and the accounts of customers that were learned."""

from collections.abc import Mapping

import polars as pl

from reports.answers.bank import statement_text
from reports.formats import instant

_STATEMENT = ["account", "currency", "number", "from_date", "to_date"]


def with_gaps(statements: pl.DataFrame, gaps: pl.DataFrame) -> pl.DataFrame:
    """Return statements with `gap` (null: none), and the largest trouble first, the newest of equal ones.

    Args:
        statements: of `bank_statements`.
        gaps: of `statement_gaps`.
    """
    joined = statements.join(
        gaps.select(*_STATEMENT, "previous_to_date", "gap"), on=_STATEMENT, how="left", nulls_equal=True,
        maintain_order="left",
    )  # fmt: skip
    size = pl.max_horizontal(pl.col("difference").abs().fill_null(0), pl.col("gap").abs().fill_null(0))
    return joined.sort(size, "to_date", descending=True, nulls_last=True, maintain_order=True)


def troubled(rows: pl.DataFrame) -> int:
    """Return how many statements do not add up, or do not join the one before them."""
    return rows.filter((pl.col("difference").fill_null(0) != 0) | pl.col("gap").is_not_null()).height


def in_words(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of `with_gaps` with what is wrong in `trouble`."""
    said = [statement_text.trouble(row) for row in rows.iter_rows(named=True)]
    return rows.with_columns(pl.Series("trouble", said, dtype=pl.String))


def learned_accounts(decisions: pl.DataFrame) -> pl.DataFrame:
    """Return one row per account of somebody else and customer that a confirmed entry taught.

    Args:
        decisions: of `cash_decisions`, the newest first; the newest entry that teaches an account is named.
    """
    teaching = decisions.filter(
        (pl.col("decision") == "confirmed")
        & pl.col("customer_id").is_not_null()
        & pl.col("counterparty_account").is_not_null()
    )
    first = teaching.unique(["counterparty_account", "customer_id"], keep="first", maintain_order=True)
    said = [statement_text.learned_from(row) for row in first.iter_rows(named=True)]
    return first.with_columns(pl.Series("learned_from", said, dtype=pl.String)).sort(
        "customer_name", "counterparty_account"
    )


def teaching_rows(decisions: pl.DataFrame, learned: Mapping[str, object]) -> pl.DataFrame:
    """Return the decisions that taught an account, one row each, the newest first.

    Args:
        decisions: of `cash_decisions`.
        learned: row of `learned_accounts`.
    """
    return decisions.filter(
        decision="confirmed",
        counterparty_account=learned["counterparty_account"],
        customer_id=learned["customer_id"],
    )


def teaching_entries(decisions: pl.DataFrame, learned: Mapping[str, object]) -> pl.DataFrame:
    """Return the entries whose decisions taught an account, with the sum of what was decided as `amount`.

    Args:
        decisions: of `cash_decisions`.
        learned: row of `learned_accounts`.
    """
    return (
        decisions.filter(
            decision="confirmed",
            counterparty_account=learned["counterparty_account"],
            customer_id=learned["customer_id"],
        )
        .group_by("account", "entry_id", maintain_order=True)
        .agg(pl.col("amount").sum(), pl.col("currency", "counterparty").first())
    )


def loads_in_words(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of `bank_loads` with when each came and whether it counts, in words."""
    states = [statement_text.load_state(is_back) for is_back in rows["is_taken_back"]]
    moments = [instant(moment) for moment in rows["recorded_at"]]
    return rows.with_columns(
        pl.Series("load_state", states, dtype=pl.String), pl.Series("loaded_said", moments, dtype=pl.String)
    )


def statement_columns(rows: pl.DataFrame) -> tuple[str, ...]:
    """Return the columns of the statements to show: what is wrong only where something is."""
    is_wrong = (rows["trouble"] != "").any()
    return tuple(name for name in statement_text.STATEMENTS if is_wrong or name != "trouble")
