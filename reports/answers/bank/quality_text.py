"""Words of how right what the program applies by itself is."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from reports.answers.bank.entries import MeasuredError, Received
from reports.answers.bank.quality import CERTAIN, SAMPLE_SIZE, SampleError
from reports.answers.shared.finding import Finding
from reports.formats import in_sentence, money, number, percent
from reports.translation import _, _n, _p

CURVE = ("level_said", "applied_share", "applied_amount", "known_entries", "error_said")
_EXPORTED = (*CURVE[:-1], "error_share", "error_low", "error_high")
_DECIMALS = 2
NO_BREAK = "\u00a0"


def quality(
    everything: Received, drawn: SampleError, error: MeasuredError, until: date, currency: str
) -> str:
    """Return the share applied by itself of all that came in, and its measured error, in one line.

    Args:
        everything: received up to the day.
        drawn: the error as the drawn sample shows it.
        error: what people contradict, drawn or not.
        until: the day.
        currency: of the amounts.
    """
    share = "–" if everything.share is None else percent(everything.share)
    said = [
        _(
            "Applied by itself up to {day}: {share} of all money received.",
            day=in_sentence(until),
            share=share,
        )
    ]
    if drawn.share is None or drawn.low is None or drawn.high is None:
        said.append(_("Its error is not measured yet: check the drawn entries under How right."))
    else:
        said.append(
            _n(
                "Of {count} drawn entry {share} of the money is wrong, in general between {low} and {high} "
                "(95%).",
                "Of {count} drawn entries {share} of the money is wrong, in general between {low} and {high} "
                "(95%).",
                drawn.entries, share=percent(drawn.share, _DECIMALS), low=percent(drawn.low, _DECIMALS),
                high=percent(drawn.high, _DECIMALS),
            )
        )  # fmt: skip
    if error.cases:
        said.append(
            _n(
                "People contradicted {count} entry of all that was applied, {amount}.",
                "People contradicted {count} entries of all that was applied, {amount}.",
                error.cases, amount=money(error.contradicted, currency, 0),
            )
        )  # fmt: skip
    return " ".join(said)


def sample(drawn: int, checked: int, day: date) -> Finding:
    """Return how many of the entries drawn for a day were checked."""
    if not drawn:
        return Finding(_("Nothing was applied by itself, so there is nothing to check"))
    if checked == drawn:
        title = _n(
            "The {count} entry drawn for {day} is checked", "All {count} entries drawn for {day} are checked",
            drawn, day=in_sentence(day),
        )  # fmt: skip
    else:
        title = _n(
            "{count} entry drawn for {day}, {checked} checked",
            "{count} entries drawn for {day}, {checked} checked",
            drawn, day=in_sentence(day), checked=number(checked),
        )  # fmt: skip
    method = _(
        "Up to {size} a day, drawn by chance from all that was applied by itself; the day decides which, so "
        "that everybody gets the same. Say of each whether it is right: only these measure the error.",
        size=number(SAMPLE_SIZE),
    )  # fmt: skip
    return Finding(title, method)


def level(score: float) -> str:
    """Return from which score on something would be applied by itself."""
    if score >= CERTAIN:
        return _("What is applied by itself now")
    return _("And all with a score from {score}", score=number(score, 1))


def curve_rows(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of `quality.curve` with words: `level_said`, `level_label` (short) and `error_said`."""
    labels = [
        _p("curve", "now") if one >= CERTAIN else f"≥{NO_BREAK}{number(one, 1)}" for one in rows["level"]
    ]
    levels = [level(one) for one in rows["level"]]
    errors = [_error(row) for row in rows.iter_rows(named=True)]
    return rows.with_columns(
        pl.Series("level_said", levels, dtype=pl.String),
        pl.Series("level_label", labels, dtype=pl.String),
        pl.Series("error_said", errors, dtype=pl.String),
    )


def exported_curve(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of `curve_rows` as a file has them, with numbers for the error."""
    return rows.select(_EXPORTED)


def _error(row: Mapping[str, Any]) -> str:
    if row["error_share"] is None:
        return _("not measured yet")
    share, low, high = (percent(row[name], _DECIMALS) for name in ("error_share", "error_low", "error_high"))
    return f"{share} ({low} – {high})"


def curve(rows: pl.DataFrame) -> Finding:
    """Return what more could be applied by itself, and at what error."""
    method = _(
        "Share of the money that would be applied by itself if everything from a score up were, against its "
        "error with the 95% interval, measured on what people decided or the bookkeeping booked. Of what is "
        "applied by itself only drawn entries count."
    )
    known = rows.filter(pl.col("error_share").is_not_null())
    if rows.is_empty():
        return Finding(_("Nothing was received yet that could be applied"), method)
    if known.is_empty():
        share = percent(rows["applied_share"][0])
        return Finding(
            _("{share} is applied by itself; how right that is, nobody checked yet", share=share), method
        )
    first, last = known.row(0, named=True), known.row(-1, named=True)
    if known.height == 1:
        title = _(
            "{share} is applied by itself with an error of {error}",
            share=percent(first["applied_share"]), error=percent(first["error_share"], _DECIMALS),
        )  # fmt: skip
    else:
        title = _(
            "{share} is applied by itself with an error of {error}; {more} could be, with {worse}",
            share=percent(first["applied_share"]), error=percent(first["error_share"], _DECIMALS),
            more=percent(last["applied_share"]), worse=percent(last["error_share"], _DECIMALS),
        )  # fmt: skip
    return Finding(title, method)
