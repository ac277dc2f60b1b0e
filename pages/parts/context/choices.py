"""Lists to choose from whose words change with the language, the day or the data, and whose choice stays.

A browser sends the words of a choice. Streamlit looks them up among those of the last run; words of an
earlier one, which the browser keeps until it is told of others, it hands on as if they were the choice.
"""

from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

_MOST_SETS = 4  # of words that a list remembers


def radio(label: str, options: Sequence[Any], *, key: str, words: Callable[[Any], str], **named: Any) -> Any:
    """Draw `st.radio` and return the chosen option."""
    settle(key, options, words)
    return st.radio(label, options, key=key, format_func=words, **named)


def selectbox(
    label: str, options: Sequence[Any], *, key: str, words: Callable[[Any], str], **named: Any
) -> Any:
    """Draw `st.selectbox` and return the chosen option."""
    settle(key, options, words)
    return st.selectbox(label, options, key=key, format_func=words, **named)


def multiselect(
    label: str, options: Sequence[Any], *, key: str, words: Callable[[Any], str], **named: Any
) -> list[Any]:
    """Draw `st.multiselect` and return the chosen options."""
    settle(key, options, words)
    return st.multiselect(label, options, key=key, format_func=words, **named)


def settle(key: str, options: Sequence[Any], words: Callable[[Any], str]) -> None:
    """Turn what the session holds for a list into options, before it is drawn or read in a run.

    Args:
        key: of the list.
        options: to choose from.
        words: option -> what the reader sees in this run.
    """
    sets: deque[dict[str, Any]] = st.session_state.setdefault(_memory(key), deque(maxlen=_MOST_SETS))
    # Of options with the same words the first counts, as it does in Streamlit.
    now = {words(option): option for option in reversed(options)}
    are_new = bool(sets) and sets[-1] != now
    if are_new or not sets:
        sets.append(now)
    if key in st.session_state and (are_new or read(key) != st.session_state[key]):
        # Set even where it stays: that tells the browser the words of now.
        st.session_state[key] = read(key)


def read(key: str, default: Any = None) -> Any:
    """Return the option or options that are chosen, for what runs before the list is drawn: a callback."""
    value = st.session_state.get(key, default)
    return [_option(key, one) for one in value] if isinstance(value, list) else _option(key, value)


def _option(key: str, value: Any) -> Any:
    sets = list(st.session_state.get(_memory(key), ()))
    if not isinstance(value, str) or any(value in words.values() for words in sets):
        return value
    return next((words[value] for words in reversed(sets) if value in words), value)


def _memory(key: str) -> str:
    return f"{key}-words"
