"""What tells one published ledger from another."""

import os
import shutil

import pytest

from data.errors import StoreMissingError
from data.store.snapshot import current_snapshot


def test_a_ledger_in_the_place_of_another_has_another_version_and_one_that_is_gone_is_said_to_be(desk):
    desk.load(customers=[("C1", "One", "retail", "NL", "30", "")])
    snapshot = current_snapshot(desk.store)
    first = snapshot.ledger_version
    assert snapshot.ledger_version == first
    made_again = snapshot.ledger.stat().st_mtime + 1
    os.utime(snapshot.ledger, (made_again, made_again))
    assert snapshot.ledger_version != first
    shutil.move(desk.store, desk.store.with_name("aside"))
    with pytest.raises(StoreMissingError, match="named by CURRENT, is not in"):
        _gone = snapshot.ledger_version
