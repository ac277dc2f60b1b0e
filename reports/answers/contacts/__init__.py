"""Contacts with a customer: what a form holds, the rows it becomes, its words."""
