"""Histories that forecasts are made from: tests of one process fit the same ledger or days once."""

from collections import OrderedDict
from hashlib import sha256
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from forecasting.payments import timing_model
from forecasting.receipts.history import LedgerHistory, ledger_history

_MOST_KEPT = 12

_fit_coefficients = timing_model._fit_coefficients  # as the program does it


class Coefficients:
    """Does what `_fit_coefficients` does; equal days, payments and weights are fitted once.

    Ledgers that differ in what came after a day, or in what payment behaviour does not read, share its fit.
    """

    def __init__(self) -> None:
        self._fitted: dict[str, npt.NDArray[np.float64]] = {}

    def fit(self, *arrays: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        key = sha256()
        for array in arrays:
            key.update(f"{array.shape} {array.dtype} ".encode())
            key.update(np.ascontiguousarray(array).data)
        digest = key.hexdigest()
        if digest not in self._fitted:
            self._fitted[digest] = _fit_coefficients(*arrays)
        return self._fitted[digest].copy()


class Histories:
    """Does what `ledger_history` does; equal arguments give the history made before, with its fits.

    A history depends on its arguments alone, and keeps its fits and outlooks by day: the program itself holds
    on to the last two of a store. Here the rows tell one from another, not the store, so that a ledger is
    fitted once for all stores with the same invoices and payments.
    """

    def __init__(self) -> None:
        self._made: OrderedDict[str, LedgerHistory] = OrderedDict()
        self._lock = Lock()

    def ledger_history(self, *frames: pl.DataFrame, **named: Any) -> LedgerHistory:
        key = sha256(repr(sorted(named.items())).encode())
        for frame in frames:
            key.update(repr(frame.schema).encode())
            key.update(frame.write_csv().encode())
        digest = key.hexdigest()
        with self._lock:
            if digest in self._made:
                self._made.move_to_end(digest)
                return self._made[digest]
        made = ledger_history(*frames, **named)
        with self._lock:
            self._made[digest] = made
            while len(self._made) > _MOST_KEPT:
                self._made.popitem(last=False)
        return made
