"""The menu of a wide table: which columns it shows and by which it is sorted; both live in the address."""

from collections.abc import Mapping, Sequence

import polars as pl
import streamlit as st

from pages.parts.context import address_bar
from reports.columns.compared import compared
from reports.language import _, _p, heading

LEAST = 8  # columns of a table with a menu


def choice(key: str, columns: Sequence[str]) -> list[str]:
    """Return the columns that the address asks for, in the order of the table; all without such a wish."""
    wanted = _read("columns").get(key, "").split(".")
    return [name for name in columns if _code(name) in wanted] or list(columns)


def sort(frame: pl.DataFrame, key: str) -> pl.DataFrame:
    """Return the rows in the order that the address asks for, those without a value last."""
    name, is_falling = _order(key, frame.columns)
    return frame.sort(name, descending=is_falling, nulls_last=True, maintain_order=True) if name else frame


def order(key: str) -> str:
    """Return the order that the address asks for, as it stands there."""
    return _read("sort").get(key, "")


def menu(key: str, columns: Sequence[str], headings: Mapping[str, str], *, can_sort: bool) -> None:
    """Draw the menu.

    Args:
        key: of the table.
        columns: all it can show, in order.
        headings: shorter ones than the usual.
        can_sort: its rows may stand in another order.
    """

    def words(name: str) -> str:
        return headings.get(name) or heading(name)

    with st.popover(
        _p("menu", "Columns"), icon=":material/view_column:", type="tertiary", key=f"columns-{key}"
    ):
        st.session_state[f"{key}-chosen"] = choice(key, columns)
        st.multiselect(
            _p("menu", "Columns"), list(columns), key=f"{key}-chosen", format_func=words,
            on_change=_choose, args=(key, len(columns)),
        )  # fmt: skip
        if not can_sort:
            return
        name, is_falling = _order(key, columns)
        st.session_state[f"{key}-sorted"] = name
        st.selectbox(
            _p("field", "Sort by"), ["", *columns], key=f"{key}-sorted",
            format_func=lambda name: words(name) if name else _("as it comes"),
            on_change=_sort, args=(key,),
        )  # fmt: skip
        st.session_state[f"{key}-falling"] = is_falling
        st.toggle(_("Largest or latest first"), key=f"{key}-falling", on_change=_sort, args=(key,))


def _order(key: str, columns: Sequence[str]) -> tuple[str, bool]:
    """Return the column to sort by, empty for none, and whether its largest comes first."""
    wanted = _read("sort").get(key, "")
    code = wanted.removeprefix("-")
    name = next((name for name in columns if _code(name) == code), "")
    return (name, wanted.startswith("-")) if name else ("", True)


def _code(name: str) -> str:
    """Return a column as an address names it: one of a comparison without its day, which moves on."""
    then = compared(name)
    return name if then is None else f"{then.figure}_{then.part}"


def _choose(key: str, most: int) -> None:
    names = st.session_state.get(f"{key}-chosen")
    if names is None:  # forgotten by Streamlit, as below, if the run that drew it was broken off
        return
    _write("columns", key, "" if len(names) in {0, most} else ".".join(map(_code, names)))


def _sort(key: str) -> None:
    name = st.session_state.get(f"{key}-sorted")
    is_falling = st.session_state.get(f"{key}-falling")
    if name is None or is_falling is None:
        return
    code = _code(name)
    _write("sort", key, f"-{code}" if name and is_falling else code)


def _read(parameter: str) -> dict[str, str]:
    """Return a wish per table of the page: `open~customer_name.amount,lines~...`."""
    wishes = (part.partition("~") for part in (address_bar.get(parameter) or "").split(","))
    return {key: value for key, sign, value in wishes if sign}


def _write(parameter: str, key: str, value: str) -> None:
    address_bar.read()
    wishes = {**_read(parameter), key: value}
    text = ",".join(f"{table}~{wish}" for table, wish in wishes.items() if wish)
    address_bar.write_now(**{parameter: text or None})
