"""Which currency codes are money today, by the library that keeps the list."""

from functools import cache

from babel.core import get_global


@cache
def active_currencies() -> frozenset[str]:
    """Return the ISO 4217 codes that are legal tender somewhere today (no NLG, no XXX, no gold).

    Source: CLDR supplemental data, `territory_currencies`, as shipped with Babel.
    """
    return frozenset(
        code
        for spans in get_global("territory_currencies").values()
        for code, _first_day, last_day, is_tender in spans
        if last_day is None and is_tender
    )
