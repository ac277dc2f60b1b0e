"""Names of companies and people as banks write them: when two are the same, and when they look alike."""

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence

from data.bank.slips import is_one_slip

_FORMS = frozenset(
    {
        "BV", "NV", "VOF", "CV", "MTS", "GMBH", "AG", "KG", "OHG", "UG", "LTD", "LIMITED", "LLC", "LLP",
        "INC", "CORP", "PLC", "SA", "SAS", "SARL", "SRL", "SPRL", "BVBA", "SPA", "AB", "AS", "APS", "OY",
        "OYJ", "SL", "SLU", "SE", "EV",
    }
)  # fmt: skip
_FILLERS = frozenset(
    {
        "DE", "HET", "EEN", "THE", "VAN", "DER", "DEN", "TEN", "TER", "EN", "AND", "UND", "ET", "OF", "ZN",
        "ZONEN", "HR", "MEVR", "MW", "DHR", "CO", "EO", "GROEP", "GROUP", "HOLDING", "NEDERLAND",
        "NETHERLANDS", "BELGIE", "EUROPE", "STICHTING", "INZ",
    }
)  # fmt: skip
_ACRONYM = re.compile(r"\b(?:[A-Z]\.? ?){2,4}(?=\W|$)")
_WORD = re.compile(r"[A-Z0-9]+")
_LONG, _TELLING_SIGNS = 8, 10
_COMMON_WORD, _TWO_WORDS = 40, 2
_SHORTEST_NAME, _CUT_OFF = 6, 18
_MOST_WORDS = 6
_TITLES = frozenset(
    {"DHR", "MEVR", "MW", "HR", "HEER", "HERR", "FRAU", "MR", "MRS", "MME", "EN", "AND", "UND", "ET"}
)


def plain(text: str) -> str:
    """Return a text in capitals, without accents."""
    if text.isascii():
        return text.upper()
    folded = text.replace("ß", "ss").replace("ø", "o").replace("Ø", "O").replace("ı", "i")
    split = unicodedata.normalize("NFKD", folded)
    return "".join(sign for sign in split if not unicodedata.combining(sign)).upper()


def name_words(name: str) -> tuple[str, ...]:
    """Return the words of a name, `B.V.` and `B V` as the one word BV."""
    upright = plain(name).replace("'", "").replace("’", "").replace("&", " EN ").replace("+", " EN ")
    joined = _ACRONYM.sub(_joined, upright)
    return tuple(_WORD.findall(joined))


def _joined(match: re.Match[str]) -> str:
    letters = re.sub(r"[^A-Z]", "", match[0])
    return letters + " " if letters in _FORMS else match[0]


def exact_name(name: str) -> str:
    """Return what two spellings of one name have in common: words in order, spaces and dots apart."""
    return "".join(name_words(name))


def core_name(name: str) -> str:
    """Return the name without its legal form."""
    return "".join(word for word in name_words(name) if word not in _FORMS)


def _bare_name(name: str) -> str:
    """Return the name without titles and the words for `&`."""
    return "".join(word for word in name_words(name) if word not in _TITLES)


def is_alike(written: str, name: str) -> bool:
    """Tell whether a bank may have written a name so: without its form, cut off, with a slip, with more.

    It supports a number that was read; alone it is no proof.
    """
    mine, theirs = core_name(name), core_name(written)
    if not mine or not theirs:
        return False
    if mine == theirs:
        return True
    shorter, longer = sorted((mine, theirs), key=len)
    if len(shorter) >= _LONG and longer.startswith(shorter):
        return True
    if len(shorter) >= _LONG and is_one_slip(mine, theirs):
        return True
    words = _telling(name)
    others = _telling(written)
    both = words & others
    is_whole = words <= others or others <= words
    return is_whole and len(both) >= _TWO_WORDS and len("".join(both)) >= _TELLING_SIGNS


def stands_in(name: str, text: str) -> bool:
    """Tell whether a whole name, long enough to mean something, stands in a text."""
    mine = core_name(name)
    return len(mine) >= _LONG and mine in exact_name(text)


def _telling(name: str) -> frozenset[str]:
    """Return the words by which a name is told from others."""
    return frozenset(
        word for word in name_words(name) if len(word) > 1 and word not in _FORMS and word not in _FILLERS
    )


class CustomerNames:
    """The customers by their names."""

    def __init__(self, customers: Iterable[tuple[str, str]]) -> None:
        """Index customers.

        Args:
            customers: customer_id and name.
        """
        self.names: dict[str, str] = {}
        self._exact: dict[str, list[str]] = defaultdict(list)
        self._bare: dict[str, list[str]] = defaultdict(list)
        self._words: dict[str, list[str]] = defaultdict(list)
        self._memory: dict[tuple[str, str], bool] = {}
        self._ordered: list[str] | None = None
        for customer, name in sorted(customers):
            self.names[customer] = name
            if key := exact_name(name):
                self._exact[key].append(customer)
                self._bare[_bare_name(name)].append(customer)
            for word in _telling(name):
                self._words[word].append(customer)

    def of_this_name(self, name: str) -> tuple[str, ...]:
        """Return the customers that have exactly this name."""
        return tuple(self._exact.get(exact_name(name), ())) if name else ()

    def nearly_of_this_name(self, name: str) -> tuple[str, ...]:
        """Return the customers of this name, titles and `&` apart, or the only one whose name a bank cut off.

        A name without its form may be that of another firm: it is cut off where a part of the form is there,
        or where it is long.
        """
        bare = _bare_name(name)
        if len(bare) < _SHORTEST_NAME:
            return ()
        if bare in self._bare:
            return tuple(self._bare[bare])
        written = exact_name(name)
        beginnings = [
            customer
            for customer in self._beginning_with(written)
            if len(written) >= min(len(core_name(self.names[customer])) + 1, _CUT_OFF)
        ]
        return tuple(beginnings) if len(self._beginning_with(written)) == 1 else ()

    def in_text(self, text: str) -> tuple[str, ...]:
        """Return the customers whose exact name, of two words or more, stands in a text."""
        words = name_words(text)
        names = {
            customer
            for first in range(len(words))
            for size in range(_TWO_WORDS, _MOST_WORDS + 1)
            if first + size <= len(words)
            for customer in self._named("".join(words[first : first + size]))
        }
        return tuple(sorted(names))

    def _named(self, key: str) -> Sequence[str]:
        return self._exact.get(key, ()) if len(key) >= _SHORTEST_NAME else ()

    def _beginning_with(self, written: str) -> Sequence[str]:
        """Return the customers whose name begins so; two are enough to know that it tells nothing."""
        if self._ordered is None:
            self._ordered = sorted(self._exact)
        place = bisect_left(self._ordered, written)
        keys = [key for key in self._ordered[place : place + 2] if key.startswith(written)]
        return [customer for key in keys for customer in self._exact[key]]

    def like(self, name: str) -> tuple[str, ...]:
        """Return the customers whose name looks like this one."""
        near = {
            customer
            for word in _telling(name)
            if len(self._words.get(word, ())) <= _COMMON_WORD
            for customer in self._words.get(word, ())
        }
        return tuple(sorted(customer for customer in near if self.is_like(name, customer)))

    def is_like(self, written: str, customer: str) -> bool:
        """Tell whether a name looks like that of a customer."""
        if not written:
            return False
        asked = (written, customer)
        known = self._memory.get(asked)
        if known is None:
            known = self._memory[asked] = is_alike(written, self.names.get(customer, ""))
        return known

    def stands_in(self, text: str, customer: str) -> bool:
        """Tell whether the name of a customer stands in a text."""
        return stands_in(self.names.get(customer, ""), text)
