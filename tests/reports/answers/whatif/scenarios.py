"""Scenarios for tests: levers as TOML or as records, evaluated on a ground."""

from datetime import date, timedelta
from decimal import Decimal

from reports.answers.whatif.evaluate import WhatIf, evaluate
from reports.answers.whatif.ground import Ground
from reports.answers.whatif.lever import Lever, Scenario
from reports.answers.whatif.scenario_file import parse
from tests.books import AS_OF

START = AS_OF + timedelta(days=1)
HEAD = f'name = "x"\nstart = {START}\n'
EVERYTHING = """
name = "all"
start = 2026-12-01
minimum_cash = -1250.50
credit_line = 1000.00
[[lever]]
kind = "terms"
segment = "Groot"
days = 14
pass_through = 0.62
start = 2027-01-15
[[lever]]
kind = "terms"
change = -16
[[lever]]
kind = "discount"
percent = 2.5
days = 8
uptake = 0.375
[[lever]]
kind = "instalments"
customers = ["C1", "C2"]
parts = 3
every_days = 30
[[lever]]
kind = "effort"
days = -5
[[lever]]
kind = "delay"
customers = ["C1"]
days = 14
[[lever]]
kind = "default"
date = 2026-12-15
recovery = 0.25
[[lever]]
kind = "sales"
percent = -12.5
[[lever]]
kind = "supplier_terms"
days = 45
[[lever]]
kind = "flow"
date = 2027-01-15
amount = -25000.00
[[lever]]
kind = "target"
segment = "Klein"
date = 2026-12-31
max_overdue = 1234.56
"""
"""Every kind of lever with every key."""


def evaluate_toml(ground: Ground, *levers: str, head: str = HEAD) -> WhatIf:
    return evaluate(ground, parse(head + "".join(f"[[lever]]\n{lever}\n" for lever in levers)))


def evaluate_levers(ground: Ground, *levers: Lever, **limits: Decimal) -> WhatIf:
    return evaluate(ground, Scenario("x", START, levers=levers, **limits))


def flow(amount: str, day: date = START) -> Lever:
    return Lever("flow", {"date": day, "amount": Decimal(amount)})


def column(what_if: WhatIf, name: str) -> list[Decimal]:
    return what_if.difference[name].to_list()
