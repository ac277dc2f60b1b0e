"""The one import for words and numbers on screen: translation, formats, headings, codes.

Run as a program it brings the Dutch catalogue up to date with the code and lists what is still to be done:
`uv run python -m reports.language` adds what is missing as empty entries, `--prune` also drops the unused.
It calls `pybabel extract` and `pybabel update`, with the extractors that pyproject.toml names.
"""

from reports.codes import label, segment
from reports.columns import KPIS, heading
from reports.formats import (
    about,
    bucket_label,
    chance_short,
    day,
    day_short,
    day_words,
    days,
    in_sentence,
    money,
    money_short,
    month,
    number,
    percent,
    rate,
    week,
    week_of_year,
)
from reports.translation import LANGUAGES, Language, _, _n, _p, current, each, mark, mark_p, preferred, use

__all__ = [
    "KPIS",
    "LANGUAGES",
    "Language",
    "_",
    "_n",
    "_p",
    "about",
    "bucket_label",
    "chance_short",
    "current",
    "day",
    "day_short",
    "day_words",
    "days",
    "each",
    "heading",
    "in_sentence",
    "label",
    "mark",
    "mark_p",
    "money",
    "money_short",
    "month",
    "number",
    "percent",
    "preferred",
    "rate",
    "segment",
    "use",
    "week",
    "week_of_year",
]

if __name__ == "__main__":
    import sys

    from reports.catalogue import main

    sys.exit(main(sys.argv[1:]))
