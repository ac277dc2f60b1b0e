"""What each entry of the bank is, and on which invoices its money stands: a calculation on the books alone."""
