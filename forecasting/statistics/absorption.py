"""The absorbing states in which money that moves between states ends."""

import numpy as np
import numpy.typing as npt

from data.errors import NotEnoughHistoryError
from forecasting import sentences

Floats = npt.NDArray[np.float64]
_TOLERANCE = 1e-6


def absorb(moves: npt.ArrayLike, ends: npt.ArrayLike, amounts: npt.ArrayLike) -> Floats:
    """Return how much of the amounts ends in each absorbing state.

    Args:
        moves: Q, shape (n, n): share of state i that is in state j a step later, 0-1.
        ends: R, shape (n, m): share of state i that is absorbed in state k a step later, 0-1.
        amounts: v, shape (n,): amount in each state now, any unit.

    Returns:
        Shape (m,), the unit of `amounts`: v (I - Q)^-1 R. It sums to the sum of v where the rows of Q and R
        together sum to 1.

    Raises:
        ValueError: the shapes do not fit, a share is negative, or a row sums to more than 1.
        NotEnoughHistoryError: money never leaves some state, so it ends nowhere.

    Source: Kemeny & Snell (1960), Finite Markov Chains, ch. 3; Cyert, Davidson & Thompson (1962), Management
    Science 8:287-303.
    """
    return np.asarray(amounts, dtype=np.float64) @ absorption_shares(moves, ends)


def absorption_shares(moves: npt.ArrayLike, ends: npt.ArrayLike) -> Floats:
    """Return the share of each state that ends in each absorbing state: (I - Q)^-1 R, shape (n, m).

    Arguments and errors as in `absorb`.
    """
    inner, outer = np.asarray(moves, dtype=np.float64), np.asarray(ends, dtype=np.float64)
    if inner.ndim != 2 or outer.ndim != 2 or not inner.shape[0] == inner.shape[1] == outer.shape[0]:  # noqa: PLR2004
        raise ValueError(f"Q must be n x n and R n x m; they are {inner.shape} and {outer.shape}.")
    sums = inner.sum(axis=1) + outer.sum(axis=1)
    if (inner < 0).any() or (outer < 0).any() or (sums > 1 + _TOLERANCE).any():
        raise ValueError("Shares must not be negative, and a row of Q and R together must not exceed 1.")
    try:
        shares = np.linalg.solve(np.eye(len(inner)) - inner, outer)
    except np.linalg.LinAlgError:
        shares = np.full(outer.shape, np.nan)
    if not np.isfinite(shares).all() or (shares > 1 + _TOLERANCE).any():
        raise NotEnoughHistoryError(sentences.NOTHING_LEAVES())
    return np.asarray(shares, dtype=np.float64)
