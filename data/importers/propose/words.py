"""Words of other programs for the type of a document, whether it is paid, and its side, in small letters."""

TYPES: dict[str, str] = {
    **dict.fromkeys(
        (
            "invoice", "factuur", "rechnung", "verkoopfactuur", "sales invoice", "tax invoice", "faktura",
            "f", "i", "inv", "fact", "out_invoice", "accrec", "rv", "dr", "vrk",
        ),
        "invoice",
    ),
    **dict.fromkeys(
        (
            "credit note", "credit memo", "creditnota", "creditfactuur", "credit", "gutschrift", "cn", "cr",
            "c", "creditnote", "credit_note", "out_refund", "accreccredit", "dg", "kreditfaktura",
            "rechnungskorrektur", "refund",
        ),
        "credit_note",
    ),
}  # fmt: skip
STATES: dict[str, str] = {
    **dict.fromkeys(
        (
            "paid", "betaald", "bezahlt", "voldaan", "closed", "gesloten", "settled", "cleared", "yes", "ja",
            "true", "1", "fully paid", "volledig betaald", "betalt", "paid in full", "reversed",
        ),
        "paid",
    ),
    **dict.fromkeys(
        (
            "open", "outstanding", "openstaand", "unpaid", "onbetaald", "niet betaald", "unbezahlt", "offen",
            "late", "te laat", "overdue", "vervallen", "niet vervallen", "not due", "sent", "verzonden",
            "no", "nee", "nein", "false", "0", "not_paid", "not paid", "pending", "awaiting payment",
            "wacht op betaling", "wacht op betaling debiteur", "reminded", "herinnerd", "überfällig", "due",
        ),
        "open",
    ),
}  # fmt: skip
SIDES: dict[str, str] = {
    **dict.fromkeys(("debit", "debet", "d", "dr", "deb", "soll", "s", "db"), "debit"),
    **dict.fromkeys(("credit", "credit.", "c", "cr", "cred", "haben", "h", "kredit"), "credit"),
}
BANK_SIDES: dict[str, str] = {
    **SIDES,
    **dict.fromkeys(("af", "-", "out", "uit", "débit", "afschrijving", "afschrijvingen"), "debit"),
    **dict.fromkeys(("bij", "+", "in", "crédit", "bijschrijving", "bijschrijvingen"), "credit"),
}
BANK_STATES: dict[str, str] = {
    **dict.fromkeys(
        (
            "booked", "completed", "posted", "executed", "cleared", "settled", "geboekt", "voltooid",
            "uitgevoerd", "geaccepteerd", "gebucht", "umsatz gebucht", "comptabilisé", "accepté", "ok",
        ),
        "booked",
    ),
    **dict.fromkeys(
        (
            "pending", "in behandeling", "gereserveerd", "reserved", "authorised", "authorized", "vorgemerkt",
            "umsatz vorgemerkt", "en attente", "en cours", "created",
        ),
        "pending",
    ),
    **dict.fromkeys(
        (
            "reverted", "reversed", "declined", "rejected", "cancelled", "canceled", "failed", "geweigerd",
            "geannuleerd", "teruggedraaid", "storniert", "abgelehnt", "refusé", "annulé",
        ),
        "void",
    ),
}  # fmt: skip
