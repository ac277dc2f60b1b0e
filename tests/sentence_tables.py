"""The tables of sentences, their templates with a plain value in each place, and words outside them."""

import ast
from datetime import date
from decimal import Decimal

from cli import sentences as of_cli
from data import sentences as of_data
from data import system_errors, toml_text
from data.bank import reasons as of_bank
from data.databases import sentences as of_databases
from data.importers import (
    audit_reasons,
    bank_reasons,
    collection_reasons,
    invoice_reasons,
    list_reasons,
    reasons,
    workbook_reasons,
)
from data.importers.formats import notice_reasons
from data.importers.formats.bank import run_reasons, statement_reasons, text_statement_reasons
from data.importers.propose import reasons as of_proposals
from data.message_templates import Message, Template, Writing
from data.store import preset_sentences, source_sentences
from forecasting import sentences as of_models
from queries import sentences as of_queries
from reports.answers import sentences as of_answers
from reports.answers.whatif.levers import days_or_change, supplier_terms, target, terms
from reports.catalogue import placeholders

# A lever is one file, so its refusals stand in it.
LEVERS = (days_or_change, supplier_terms, target, terms)
TABLES = (
    of_data, system_errors, toml_text, reasons, invoice_reasons, of_queries, of_models, of_answers, of_cli,
    of_databases, collection_reasons, list_reasons, workbook_reasons, notice_reasons, of_proposals,
    bank_reasons, source_sentences, preset_sentences, audit_reasons, statement_reasons,
    text_statement_reasons, run_reasons, of_bank,
    *LEVERS,
)  # fmt: skip


def templates() -> list[Template]:
    """Return the templates of all tables, also those in a mapping of one."""
    known: dict[str, Template] = {}
    for table in TABLES:
        for value in vars(table).values():
            values = value.values() if isinstance(value, dict) else [value]
            known |= {one.text: one for one in values if isinstance(one, Template)}
    return list(known.values())


SAMPLES: dict[Writing, object] = {
    "text": "x",
    "number": 131_072,
    "amount": Decimal("-1234.50"),
    "day": date(2026, 11, 22),
    "phrase": "only this customer",
    "columns": ["payment_id", "invoice_id"],
    "message": reasons.EMPTY_ROW(),
}


def sample(template: Template) -> Message:
    """Return the message with a plain value in every place."""
    values = {}
    for name in placeholders(template.text):
        place = template.place(name)
        value = SAMPLES[place.writing]
        values[name] = [value, value] if place.separator else value
    return template(**values)


def loose_words(source: str) -> list[str]:
    """Return the sentences that are written where they are raised or appended as a fault."""
    found = []
    for node in ast.walk(ast.parse(source)):
        is_fault = (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "append"
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id in {"faults", "wrong"}
        )
        call = node.exc if isinstance(node, ast.Raise) else node if is_fault else None
        if isinstance(call, ast.Call):
            # A scenario's refusal takes the name of the key that is wrong too.
            is_refusal = ast.unparse(call.func).endswith(("refuse", "refusal"))
            found += [
                ast.unparse(argument)
                for argument in call.args
                if isinstance(argument, ast.JoinedStr | ast.BinOp)
                or (
                    (isinstance(argument, ast.Constant) and isinstance(argument.value, str))
                    and not (is_refusal and " " not in argument.value)
                )
            ]
    return found
