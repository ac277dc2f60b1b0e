"""Words about frozen forecasts."""

from collections.abc import Mapping
from datetime import date, datetime

from data.store.frozen_forecasts import FreezeOutcome
from reports.formats import day, in_sentence, instant, week
from reports.translation import _


def freeze_message(of: date, run: FreezeOutcome) -> str:
    """Return that the forecast of a day is frozen, now or before."""
    if run.is_new:
        return _("Kept the forecast of {day}: 13 weeks, unchanged from now on.", day=in_sentence(of))
    return _(
        "The forecast of {day} was already kept on {moment}; nothing was changed.",
        day=in_sentence(of),
        moment=instant(run.at),
    )


def button_label(of: date, newest: date) -> str:
    """Return the label of the button: for this week's forecast, or for that of an earlier Sunday."""
    if of == newest:
        return _("Keep this week's forecast")
    return _("Keep the forecast of {day}", day=day(of))


def state(frozen_days: Mapping[date, datetime], of: date) -> str:
    """Return whether the forecast of a week is frozen, else which was frozen last.

    Args:
        frozen_days: of `frozen_runs.frozen_days`, the latest first.
        of: day of the forecast shown, a Sunday.
    """
    if of in frozen_days:
        return _(
            "The forecast of {week} is kept, on {moment}.",
            week=week_after(of),
            moment=instant(frozen_days[of]),
        )
    earlier = next((day for day in frozen_days if day < of), None)
    if earlier is None:
        return _(
            "No forecast is kept yet. A kept forecast never changes, so that it can be compared with what "
            "comes in."
        )
    return _(
        "Last kept: the forecast of {day}, on {moment}.",
        day=in_sentence(earlier),
        moment=instant(frozen_days[earlier]),
    )


def week_after(of: date) -> str:
    """Return the Sunday of a forecast with its ISO week."""
    return f"{in_sentence(of)} ({week(of)})"
