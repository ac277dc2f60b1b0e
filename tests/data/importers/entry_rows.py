"""Entries on the accounts of two customers, any kind matched with any other, as a file of `entries.toml`."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

HEADER = "Datum;Debiteurnummer;Boekstuk;Soort;Bedrag;Vervaldatum;Aflettercode"
FIRST = date(2026, 1, 1)
KINDS = ("Factuur", "Creditnota", "Ontvangst", "Betaling", "Memoriaal", "Afboeking", "iets anders", "")
# Customer, day, number, kind, cents, days until it is due, match code.
ENTRIES = st.lists(
    st.tuples(
        st.sampled_from(("D1", "D2")),
        st.integers(0, 40),
        st.sampled_from(("F1", "F2", "F3", "B1", "B2", "")),
        st.sampled_from(KINDS),
        st.integers(-500, 500).filter(bool),
        st.one_of(st.none(), st.integers(0, 30)),
        st.sampled_from(("", "A", "B")),
    ),
    min_size=1,
    max_size=16,
)


def lines_of(entries):
    """Return the lines of a file, and customer -> day and amount of each of its entries."""
    lines, sums = [], defaultdict(list)
    for customer, at, number, kind, cents, term, code in entries:
        on = FIRST + timedelta(days=at)
        due = "" if term is None else f"{on + timedelta(days=term):%d-%m-%Y}"
        lines.append(f"{on:%d-%m-%Y};{customer};{number};{kind};{cents / 100:.2f};{due};{code}")
        sums[customer].append((on, Decimal(cents) / 100))
    # One match makes it a file of entries.
    return [*lines, "01-01-2026;D3;X;Factuur;1,00;01-02-2026;Z"], sums
