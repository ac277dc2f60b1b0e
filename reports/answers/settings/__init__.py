"""The settings of the company as people see and type them."""
