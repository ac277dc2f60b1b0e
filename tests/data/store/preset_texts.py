"""A preset as somebody saved it."""

TEXT = (
    '# made by hand\nname = "x"\ntitle = "Old"\nshape = "invoices"\nheadings = "plain"\n'
    'known_by = ["Nummer", "Relatie", "Datum", "Bedrag"]\n[columns]\n'
    'Nummer = "invoice_id"\nRelatie = "customer_name"\nDatum = "invoice_date"\nBedrag = "amount"\n'
    '[defaults]\ncurrency = "EUR"\n'
)
