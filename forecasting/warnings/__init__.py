"""Early warnings: the ledger on any past day, the rules, and how often each rule is right."""
