"""Odoo 14 to 18: what is owed to its companies, read from the tables of its accounting."""
