"""The lines above a customer's rows that say whose they are, as in `{customer_id} {customer_name}`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from data.importers.headings import plain

_FIELD = re.compile(r"\{([a-z_]+)\}")
_PAGE = re.compile(
    r"(?i)(?:page|pagina|seite|blad|sida|side|p\.)\s*:?\s*[0-9]+(?:\s*(?:/|of|van|von|av|af)\s*[0-9]+)?"
)


def fields(template: str) -> list[str]:
    """Return the columns that a template names."""
    return _FIELD.findall(template)


def is_page_mark(text: str) -> bool:
    """Tell whether a text only counts pages."""
    return _PAGE.fullmatch(text.strip()) is not None


@dataclass
class Groups:
    """Whose rows follow.

    Attributes:
        templates: of the lines; `{customer_name}` alone is any line with one text and no amount.
        titles: texts above the header, which are no names where a page repeats them.
        values: column -> what the last such line said.
    """

    templates: Sequence[str]
    titles: Sequence[str] = ()
    values: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._patterns = [(template, _pattern(template)) for template in self.templates]
        self._title_words = {plain(title) for title in self.titles}
        # On the first page of a print these lines stand above the headings.
        for title in self.titles:
            self._match(title)

    @property
    def columns(self) -> list[str]:
        """The columns that the lines name, each once."""
        return list(dict.fromkeys(name for template in self.templates for name in fields(template)))

    def take(self, line: str, *, is_alone: bool) -> bool:
        """Read the texts of a line that is no row; return whether it says whose rows follow.

        Args:
            line: its texts, with a space between those of several cells.
            is_alone: they are of one cell.
        """
        if is_page_mark(line):
            return False
        if self._match(line):
            return True
        column = next(
            (fields(template)[0] for template in self.templates if _FIELD.fullmatch(template)), None
        )
        if column is None or not is_alone or plain(line) in self._title_words:
            return False
        self.values = {column: line.strip()}
        return True

    def _match(self, line: str) -> bool:
        for template, pattern in self._patterns:
            if not _FIELD.fullmatch(template) and (found := pattern.fullmatch(line.strip())):
                said = {name: text.strip() for name, text in found.groupdict().items()}
                # A number begins a customer; a line without one goes on with the same.
                self.values = said if "customer_id" in said else self.values | said
                return True
        return False


def _pattern(template: str) -> re.Pattern[str]:
    parts = _FIELD.split(template)
    literals = [r"\s*".join(map(re.escape, re.split(r"\s+", text))) for text in parts[::2]]
    # A first word without a digit is the beginning of a name.
    number = r"\S+" if literals[0] else r"\S*[0-9]\S*"
    named = [rf"(?P<{name}>{number if name == 'customer_id' else '.*?'})" for name in parts[1::2]]
    return re.compile(literals[0] + "".join(map("".join, zip(named, literals[1:], strict=True))))
