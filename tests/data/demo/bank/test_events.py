"""What customers make happen: parts paid apart, many invoices in pieces."""

import numpy as np

from data.demo.bank.events import Event, with_fewer_parts


def receipt(day: int, *pays: tuple[int, int]) -> Event:
    return Event(day=day, kind="receipt", customer=0, services=0, pays=pays)


def test_two_parts_become_one_payment_or_stay_apart_and_no_cent_is_lost() -> None:
    amounts = np.full(200, 1_000)
    events = [receipt(1, *((document, 400) for document in range(200)))]
    events += [receipt(2 + document, (document, 600)) for document in range(200)]
    changed = with_fewer_parts(events, amounts, seed=1)
    assert sum(event.cents for event in changed) == 200_000
    at_once = dict(max(changed, key=lambda event: len(event.pays)).pays)
    assert set(at_once.values()) == {1_000}
    apart = [event for event in changed if event.cents in (400, 600)]
    assert all(len(event.pays) == 1 for event in apart)
    assert len(apart) == 2 * (200 - len(at_once))
    assert 10 <= len(apart) // 2 <= 50


def test_an_invoice_paid_twice_stays_paid_twice() -> None:
    events = [receipt(1, (0, 1_000)), receipt(5, (0, 1_000))]
    assert with_fewer_parts(events, np.array([1_000]), seed=1) == events
