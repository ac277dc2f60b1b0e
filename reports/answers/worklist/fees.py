"""Fixed administration costs of letters: which letter names them, from the settings."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

import polars as pl

from data.grains import FEES

# A consumer owes only the costs by the scale, after a 14-day notice (art. 6:96 lid 5 and 6 BW).
_FREE = ("consumer",)
_STEPS = dict(zip(("friendly_reminder", "formal_reminder", "final_demand"), FEES, strict=True))


@dataclass(frozen=True)
class LetterFees:
    """The costs that letters name; no part of what is owed or asked for.

    Attributes:
        currency: of the amounts, the reporting currency.
        amounts: by key of the settings, `fee_formal` or `fee_formal@North BV`; 0.00 takes an
            administration's letters out.
    """

    currency: str | None = None
    amounts: Mapping[str, Decimal] = field(default_factory=dict, hash=False)

    def of_letter(
        self, step: str, customer_type: str, entity: str, currencies: Collection[str]
    ) -> Decimal | None:
        """Return the costs that a letter names; None where it names none.

        Args:
            step: of the letter.
            customer_type: of the customer: a consumer's letters name none.
            entity: the administration that writes; empty where there is none.
            currencies: of its invoices: costs are named where all are in the reporting currency.
        """
        key = _STEPS.get(step)
        if key is None or customer_type in _FREE or set(currencies) != {self.currency}:
            return None
        return self.amounts.get(f"{key}@{entity}", self.amounts.get(key)) or None


def fees_of(settings: pl.DataFrame, currency: str | None) -> LetterFees:
    """Return the costs in the rows of `settings`; `currency` is the reporting currency."""
    amounts = {
        key: Decimal(value) for key, value in settings.rows() if value and key.partition("@")[0] in FEES
    }
    return LetterFees(currency, amounts)
