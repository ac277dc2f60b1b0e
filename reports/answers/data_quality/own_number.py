"""The number by which we are known on e-invoices, typed where the first of them are loaded."""

import re
from collections.abc import Iterable, Mapping

from reports.answers.data_quality import imports
from reports.answers.data_quality.imports import Preview, Upload

_FILE = "settings.csv"
# Setting -> what it looks like without spaces and signs. No bank account is as short as a VAT number.
_FORMS = {
    "company_kvk": re.compile(r"[0-9]{8}"),
    "company_vat_id": re.compile(r"[A-Z]{2}(?=(?:[A-Z]*[0-9]){7})[0-9A-Z]{8,12}"),
    "company_iban": re.compile(r"[A-Z]{2}[0-9]{2}[0-9A-Z]{11,30}"),
}


def own_number(text: str) -> Upload | None:
    """Return the file of settings that a VAT number, bank account or number of registration makes.

    Args:
        text: as somebody typed it; None comes back if it is no such number.
    """
    plain = re.sub(r"[^0-9A-Z]", "", text.upper())
    keys = (key for key, form in _FORMS.items() if form.fullmatch(plain))
    files = (Upload(_FILE, f"key,value\n{key},{plain}\n".encode()) for key in keys)
    return next((file for file in files if _settings(imports.preview([file])[0])), None)


def typed_settings(previews: Iterable[Preview]) -> dict[str, str]:
    """Return the settings that come in with files."""
    settings: dict[str, str] = {}
    for preview in previews:
        settings |= _settings(preview)
    return settings


def _settings(preview: Preview) -> Mapping[str, str]:
    rows = preview.reading.grains.get("settings") if preview.reading else None
    return {} if rows is None else dict(rows.select("key", "value").iter_rows())
