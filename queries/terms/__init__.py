"""Questions about payment terms, amounts beyond them, and VAT on bad debts."""
