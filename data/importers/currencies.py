"""Which currency codes are money today, by the library that keeps the list."""

from functools import cache

from babel.core import get_global

# Their smallest unit is a thousandth (ISO 4217), and amounts here hold cents.
THREE_DECIMALS = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})


@cache
def active_currencies() -> frozenset[str]:
    """Return the ISO 4217 codes that are tender somewhere today (no NLG, no gold) and have cents at most.

    Source: CLDR supplemental data, `territory_currencies`, as shipped with Babel.
    """
    return frozenset(
        code
        for spans in get_global("territory_currencies").values()
        for code, _first_day, last_day, is_tender in spans
        if last_day is None and is_tender and code not in THREE_DECIMALS
    )
