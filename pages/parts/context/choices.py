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
    return _told_by(key, st.radio(label, options, key=key, format_func=words, **named))


def selectbox(
    label: str, options: Sequence[Any], *, key: str, words: Callable[[Any], str], **named: Any
) -> Any:
    """Draw `st.selectbox` and return the chosen option."""
    settle(key, options, words)
    return _told_by(key, st.selectbox(label, options, key=key, format_func=words, **named))


def multiselect(
    label: str, options: Sequence[Any], *, key: str, words: Callable[[Any], str], **named: Any
) -> Any:
    """Draw `st.multiselect` and return the chosen options, a list."""
    # Of options with the same words Streamlit takes the first here, and the last in the others.
    settle(key, options[::-1], words)
    return _told_by(key, st.multiselect(label, options, key=key, format_func=words, **named))


def settle(key: str, options: Sequence[Any], words: Callable[[Any], str]) -> None:
    """Turn what the session holds for a list into options, before it is drawn or read in a run.

    Args:
        key: of the list.
        options: to choose from; of two with the same words the last counts.
        words: option -> what the reader sees in this run.
    """
    state = st.session_state
    sets: deque[dict[str, Any]] = state.setdefault(_memory(key), deque(maxlen=_MOST_SETS))
    now = {words(option): option for option in options}
    if not sets or sets[-1] != now:
        sets.append(now)
    told = state.get(_told(key), now)
    if key in state and (told != now or read(key) != state[key]):
        # Set even where it stays: that tells the browser the words of now.
        state[key] = read(key)


def read(key: str, default: Any = None) -> Any:
    """Return the option or options that are chosen, for what runs before the list is drawn: a callback."""
    value = st.session_state.get(key, default)
    return [_option(key, one) for one in value] if isinstance(value, list) else _option(key, value)


def _option(key: str, value: Any) -> Any:
    sets = list(st.session_state.get(_memory(key), ()))
    if not isinstance(value, str) or any(value in words.values() for words in sets):
        return value
    return next((words[value] for words in reversed(sets) if value in words), value)


def _told_by(key: str, chosen: Any) -> Any:
    """Note the words that the browser has been sent, and return what is chosen.

    A run that is broken off before this has sent none.
    """
    st.session_state[_told(key)] = st.session_state[_memory(key)][-1]
    return chosen


def _memory(key: str) -> str:
    return f"{key}-words"


def _told(key: str) -> str:
    return f"{key}-words-told"
