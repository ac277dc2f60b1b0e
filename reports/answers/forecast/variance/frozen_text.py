"""What is said about kept forecasts."""

from collections.abc import Mapping
from datetime import date, datetime

from data.store.frozen_forecasts import Kept
from reports.formats import day, in_sentence, week
from reports.translation import _


def freeze_message(of: date, kept: Kept) -> str:
    """Say that the forecast of a day is kept, now or before."""
    if kept.is_new:
        return _("Kept the forecast of {day}: 13 weeks, unchanged from now on.", day=in_sentence(of))
    return _(
        "The forecast of {day} was already kept on {moment}; nothing was changed.",
        day=in_sentence(of),
        moment=moment(kept.at),
    )


def moment(at: datetime) -> str:
    """Write an instant: day, hour and minute, UTC."""
    return f"{day(at.date())} {at:%H:%M} UTC"


def button(of: date, newest: date) -> str:
    """Write what the button does: this week's forecast, or that of an earlier Sunday."""
    if of == newest:
        return _("Keep this week's forecast")
    return _("Keep the forecast of {day}", day=day(of))


def state(kept: Mapping[date, datetime], of: date) -> str:
    """Say whether a week's forecast is kept, else which was the last one that is.

    Args:
        kept: of `kept_runs.kept`, the latest first.
        of: the Sunday the forecast shown stands on.
    """
    if of in kept:
        return _("The forecast of {week} is kept, on {moment}.", week=week_after(of), moment=moment(kept[of]))
    earlier = next((one for one in kept if one < of), None)
    if earlier is None:
        return _("No forecast is kept yet. A kept one stays as it is, to be held against what comes.")
    return _(
        "Last kept: the forecast of {day}, on {moment}.",
        day=in_sentence(earlier),
        moment=moment(kept[earlier]),
    )


def week_after(of: date) -> str:
    """Write the Sunday a forecast stands on, with the number of that week."""
    return f"{in_sentence(of)} ({week(of)})"
