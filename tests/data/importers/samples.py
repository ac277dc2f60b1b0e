"""Headers of the files these tests write, and the rejects of a reading."""

INVOICES = "invoice_id,customer_id,invoice_type,invoice_date,due_date,currency,amount"
NL = "factuurnummer;klantnummer;klantnaam;factuurdatum;vervaldatum;bedrag;betaald_op"


def rejected(result):
    return list(result.rejects.select("line", "column").iter_rows())
