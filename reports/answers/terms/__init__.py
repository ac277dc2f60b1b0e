"""Payment terms agreed, applied and taken, the terms sheet, and VAT on bad debts."""
