"""Columns that hold words: names, numbers of documents, codes and sentences."""

from reports.columns.column import ReportColumn

TEXTS = {
    "account": ReportColumn("Account", "text"),
    "account_manager": ReportColumn("Account manager", "text"),
    "action": ReportColumn("What to do", "text", meaning="what to do, as the to-do list says it"),
    "advice": ReportColumn("What to do", "text", meaning="what to do about it"),
    "agency": ReportColumn("Agency", "text", width=146),
    "ahead": ReportColumn(
        "In the 13 weeks", "text", meaning="amount within the 13 weeks of the forecast, with its sign"
    ),
    "assumption": ReportColumn("Assumption", "text", meaning="assumption of a scenario that is varied"),
    "base_case": ReportColumn("Base case", "text", meaning="value of a fact without the levers"),
    "brief": ReportColumn(
        "Why", "text", width=176, meaning="why the customer is on the worklist, in a few words"
    ),
    "assigned_to": ReportColumn("Follow-up by", "text", width=120),
    "bucket": ReportColumn("Bucket", "bucket"),
    "case_id": ReportColumn("Case", "text"),
    "category": ReportColumn("What for", "code", codes="category"),
    "cause": ReportColumn("Cause", "text", meaning="cause of a change of the balance, or of a difference"),
    "chance": ReportColumn("Chance", "text", meaning="chance, in words"),
    "channel": ReportColumn("Channel", "text"),
    "change_said": ReportColumn("Since last week", "text", meaning="new or worse than a week ago"),
    "column": ReportColumn("Column", "text", width=130),
    "city": ReportColumn("City", "text"),
    "contact_function": ReportColumn("Function", "text"),
    "contact_name": ReportColumn("Contact person", "text", width=140),
    "contact_said": ReportColumn(
        "Last contact", "text", width=260, meaning="last contact: day, channel and kind"
    ),
    "country": ReportColumn("Country", "text"),
    "currencies": ReportColumn("Currencies", "text"),
    "credit": ReportColumn("Credit", "code", codes="kind"),
    "credit_id": ReportColumn("Set off with", "text"),
    "currency": ReportColumn("Currency", "text"),
    "customer_id": ReportColumn("Customer number", "text"),
    "customer_name": ReportColumn("Customer", "text", width=220),
    "customer_type": ReportColumn("Kind of customer", "code", codes="kind"),
    "default": ReportColumn("Default", "text", meaning="value of a parameter that is left out"),
    "detail": ReportColumn("Detail", "text", width=320),
    "direction": ReportColumn("Out/in", "text"),
    "document_id": ReportColumn("Document", "text", width=96),
    "dunning_group": ReportColumn("Dunning group", "text"),
    "email": ReportColumn("E-mail", "text"),
    "entity": ReportColumn("Entity", "text"),
    "event": ReportColumn("Event", "code", codes="event"),
    "event_said": ReportColumn("Event", "text", meaning="what happened, in words"),
    "example": ReportColumn("Example", "text"),
    "explanation": ReportColumn(
        "Why it differs", "text", meaning="why this method gives another number of days"
    ),
    "explanation_key": ReportColumn("Figure", "text"),
    "fact": ReportColumn("Fact", "text", meaning="fact that two or more columns compare"),
    "fault_name": ReportColumn("Fault", "text", meaning="fault of an invoice, in words"),
    "file_name": ReportColumn("File", "text"),
    "finding": ReportColumn("Finding", "text"),
    "from_bucket": ReportColumn("From", "bucket"),
    "gives_way": ReportColumn(
        "Gives way to", "text", meaning="document that replaces the planned line when it comes"
    ),
    "high_said": ReportColumn("High", "text", meaning="high end of the assumption, in words"),
    "history": ReportColumn("Weeks", "list", meaning="weekly mean of days late, the oldest first"),
    "invoice_id": ReportColumn("Invoice", "text", width=86),
    "group_id": ReportColumn("Group", "text"),
    "group_name": ReportColumn("Name of group", "text", width=220),
    "invoice_type": ReportColumn("Kind", "code", codes="kind"),
    "side": ReportColumn("Who paid", "code", codes="kind"),
    "supplier": ReportColumn("Supplier", "text", width=220),
    "settles": ReportColumn("What is short", "code", codes="kind"),
    "kind": ReportColumn("Kind", "code", width=150, codes="kind"),
    "kpi_name": ReportColumn("Figure", "text", meaning="a figure by its name"),
    "kpi_unit": ReportColumn(
        "Unit", "text", meaning="of a figure: a currency, % or days; empty for a plain number"
    ),
    "label": ReportColumn("To whom", "text", width=200),
    "language": ReportColumn("Language", "text"),
    "last_contact": ReportColumn("Last contact", "text"),
    "legal_basis": ReportColumn("Rests on", "code", codes="legal_basis"),
    "legal_said": ReportColumn(
        "Legal",
        "text",
        width=72,
        is_number_in_words=True,
        meaning="longest term by law, as a range of days where customers differ",
    ),
    "lever": ReportColumn("What frees it", "text", meaning="lever that frees working capital"),
    "line_id": ReportColumn("Bill or line", "text"),
    "number": ReportColumn("Number", "text"),
    "payout_id": ReportColumn("Payout", "text"),
    "provider": ReportColumn("Provider", "text"),
    "list": ReportColumn("List", "text", meaning="name of the list, where several are exported"),
    "loaded_at": ReportColumn(
        "Loaded at", "text", width=140, meaning="day and time of the load, in the time of the company"
    ),
    "low_said": ReportColumn("Low", "text", meaning="low end of the assumption, in words"),
    "lowest_week": ReportColumn(
        "In week", "text", width=72, meaning="week of the lowest expected bank balance"
    ),
    "message": ReportColumn("Why it failed", "text", width=260),
    "run_outcome": ReportColumn("Last run", "code", codes="source_state"),
    "source_name": ReportColumn("Source of the books", "text", width=200),
    "source_state": ReportColumn(
        "State", "code", codes="source_state", meaning="of a source: whether its last run brought something"
    ),
    "meaning": ReportColumn("Meaning", "text", meaning="what a column, a parameter or a signal means"),
    "method": ReportColumn("Method", "text"),
    "mute_reason": ReportColumn("Muted because", "text", meaning="why the signal is muted"),
    "note": ReportColumn("Note", "text", width=260),
    "outside": ReportColumn(
        "Pays outside",
        "code",
        width=92,
        codes="outside",
        meaning="term that the customer pays beyond: none, agreed or legal",
    ),
    "outcome": ReportColumn("Outcome", "code", width=120, codes="outcome"),
    "parameter": ReportColumn("Parameter", "text", meaning="parameter of a query"),
    "party_name": ReportColumn(
        "Customer or payee", "text", width=220, meaning="who pays or is paid, by name"
    ),
    "counterparty": ReportColumn("Counterparty", "text", width=164),
    "counterparty_account": ReportColumn("Account of the other", "text", width=200),
    "decided_by": ReportColumn("Decided by", "text"),
    "accounts": ReportColumn("Accounts", "text", width=220),
    "file_names": ReportColumn("Files", "text", width=220),
    "error_said": ReportColumn(
        "Wrong (95% interval)",
        "text",
        width=190,
        is_number_in_words=True,
        meaning="of the money applied, in words",
    ),
    "level_said": ReportColumn("Applied by itself", "text", width=240, meaning="which scores, in words"),
    "loaded_said": ReportColumn("Loaded", "text", width=140, meaning="when a load came, in words"),
    "load_state": ReportColumn("State", "text", width=120, meaning="whether a load counts, in words"),
    "decided_said": ReportColumn("Decided", "text", width=120, meaning="who applied an entry, in words"),
    "description": ReportColumn("Description", "text", width=260),
    "entry_id": ReportColumn("Bank entry", "text"),
    "learned_from": ReportColumn(
        "Learned from", "text", width=240, meaning="entry and person that taught whose account it is"
    ),
    "proposal": ReportColumn(
        "For", "text", width=124, meaning="documents an entry is proposed for or applied on, or its customer"
    ),
    "score_said": ReportColumn("How sure", "text", width=104, meaning="how sure a proposal is, in words"),
    "trouble": ReportColumn("What is wrong", "text", width=260, meaning="what is wrong with a statement"),
    "payment_id": ReportColumn("Payment", "text"),
    "person": ReportColumn("Spoke to", "text", width=120),
    "phone": ReportColumn("Phone", "text", width=120),
    "po_number": ReportColumn("Order number", "text"),
    "postcode": ReportColumn("Postal code", "text"),
    "preferred_method": ReportColumn("Usual way of paying", "text"),
    "preset": ReportColumn("Preset", "text", width=92),
    "question": ReportColumn("Question", "text", meaning="question that a chance answers"),
    "range_days": ReportColumn(
        "From–to, days",
        "text",
        width=100,
        is_number_in_words=True,
        meaning="shortest and longest duration, in words",
    ),
    "rate_kind": ReportColumn("Interest by", "code", codes="rate_kind"),
    "raw": ReportColumn("As it came", "text", width=420),
    "reason": ReportColumn("Reason", "text", width=520),
    "reason_said": ReportColumn("Reason", "text", width=150, meaning="reason, in words"),
    "repeat": ReportColumn("Comes back", "text"),
    "reporting_currency": ReportColumn("Reporting currency", "text"),
    "rule": ReportColumn("Rule code", "text"),
    "rule_name": ReportColumn("Signal", "text", meaning="signal, in words"),
    "scenario": ReportColumn(
        "Scenario", "text", width=164, meaning="name of a scenario, or its value of a fact"
    ),
    "segment": ReportColumn("Segment", "text", width=84),
    "sha256": ReportColumn("Hash (SHA-256)", "text"),
    "set_off_with": ReportColumn("Set off with", "text"),
    "size_class": ReportColumn("Size", "text"),
    "source": ReportColumn("Source", "code", codes="source"),
    "state": ReportColumn("Status", "code", width=172, codes="state"),
    "status": ReportColumn("Status", "code", codes="status"),
    "street": ReportColumn("Street", "text"),
    "step": ReportColumn("Step", "code", codes="step"),
    "step_done": ReportColumn("Step taken", "text"),
    "step_name": ReportColumn(
        "Step", "text", short="Step", width=150, meaning="step of the follow-up, in words"
    ),
    "to_bucket": ReportColumn("To", "bucket"),
    "type": ReportColumn("Type", "text", meaning="DuckDB type of a column or parameter"),
    "value": ReportColumn("Value", "text"),
    "vat_state": ReportColumn("When", "code", codes="vat_state"),
    "waits": ReportColumn("Waits for code", "text"),
    "week": ReportColumn("Week", "text", width=72, meaning="ISO week"),
    "why": ReportColumn(
        "Why", "code", width=160, codes="why", meaning="why the invoice came in differently than expected"
    ),
    "verdict_said": ReportColumn("Shown here", "text", meaning="whether a rule is shown, and why"),
    "why_said": ReportColumn("Why", "text", meaning="why, in a sentence with its numbers"),
}
