-- What the ledger holds besides facts: tables derived from them by a load. The tables of the facts are made from
-- the grains.

-- The reporting currency as it was known over time.
create table reporting_currency (
    currency varchar,
    recorded_at timestamp not null
);

-- One signed row per event on a receivable. Any balance is sum(amount) where post_date <= D; aged by due_date.
-- A correction adds a reversing row (weight -1, amounts negated) and the new row, each with its own recorded_at.
create table item (
    document_id varchar,                -- null: money that names no document
    invoice_type varchar,               -- null where the document is not in the books
    kind varchar not null,              -- invoice, credit_note, cancellation, or a kind of settlement
    payment_id varchar,                 -- null on the document's own rows
    instalment smallint not null,       -- 0, or the rank of the instalment it falls under
    customer_id varchar not null,
    segment varchar not null,           -- '' where none is given
    entity varchar not null,            -- '' where none is given
    currency varchar not null,
    invoice_date date,
    due_date date,                      -- null: money on account
    event_date date not null,           -- the day on the paper: invoice, cancellation or payment date
    post_date date not null,            -- from when it counts: a payment before its invoice moves on the invoice date
    amount decimal(18, 2) not null,     -- document currency, incl. VAT
    base_amount decimal(18, 2),         -- reporting currency; null where a rate is missing
    weight smallint not null,           -- 1, or -1 for a reversing row
    recorded_at timestamp not null
);

-- One signed row per event on an invoice and day money came back: by how much the event is less from that day on. With
-- the rows of `item` they are what remained paid, as of any day. Rows are only added, as in item.
create table item_change (
    document_id varchar not null,
    invoice_type varchar not null,
    kind varchar not null,
    payment_id varchar not null,
    instalment smallint not null,
    customer_id varchar not null,
    segment varchar not null,
    entity varchar not null,
    currency varchar not null,
    invoice_date date not null,
    due_date date not null,
    event_date date not null,           -- of the event that changes
    post_date date not null,
    from_date date not null,            -- the day the money came back
    amount decimal(18, 2) not null,
    base_amount decimal(18, 2),
    weight smallint not null,           -- 1, or -1 for a reversing row
    recorded_at timestamp not null
);

-- One row per payment line that opened an invoice again, with the part of it that did. Rows are only added.
create table bounce (
    document_id varchar not null,
    payment_id varchar not null,        -- of the line that came back
    customer_id varchar not null,
    segment varchar not null,
    entity varchar not null,
    currency varchar not null,
    invoice_date date not null,
    bounce_date date not null,
    amount decimal(18, 2) not null,
    base_amount decimal(18, 2),
    weight smallint not null,
    recorded_at timestamp not null
);

-- One row per document part and day money came back on it, as now known: by how much amount_on_time changes that day.
create table on_time_change (
    document_id varchar not null,
    instalment smallint not null,
    customer_id varchar not null,
    from_date date not null,
    amount_on_time decimal(18, 2),
    base_amount_on_time decimal(18, 2)
);

-- Balances by the two days that age them (due_date null: money on account). Rows are only added, as in item.
create table balance_day (
    recorded_at timestamp not null,
    segment varchar not null,
    entity varchar not null,
    currency varchar not null,
    due_date date,
    post_date date not null,
    amount decimal(18, 2),      -- as wide as an item: summing wider decimals costs five times as much
    base_amount decimal(18, 2)
);

-- Flows by kind: billings, receipts, and the day-weighted sums behind days to pay and days late.
create table flow_day (
    recorded_at timestamp not null,
    segment varchar not null,
    entity varchar not null,
    currency varchar not null,
    kind varchar not null,
    invoice_type varchar,
    is_on_account boolean not null,
    post_date date not null,
    event_date date not null,
    amount decimal(18, 2),
    base_amount decimal(18, 2),
    amount_days_to_pay decimal(38, 2),
    base_amount_days_to_pay decimal(38, 2),
    amount_days_late decimal(38, 2),
    base_amount_days_late decimal(38, 2),
    rows bigint
);

-- One row per document and day it falls due, as now known: what fell due, what came in time, since when it is closed.
create table receivable (
    document_id varchar not null,
    instalment smallint not null,
    invoice_type varchar not null,
    customer_id varchar not null,
    segment varchar not null,
    entity varchar not null,
    currency varchar not null,
    invoice_date date not null,
    due_date date not null,
    amount decimal(18, 2),
    base_amount decimal(18, 2),
    amount_due decimal(18, 2),          -- amount less what was cancelled on or before the due date
    base_amount_due decimal(18, 2),
    amount_on_time decimal(18, 2),      -- settled on or before the due date as booked, between 0 and amount_due
    base_amount_on_time decimal(18, 2),
    closed_date date,                   -- first day from which nothing is open any more; null while open
    listed_date date,                   -- first day on which a list settled something of it; null: none did
    open_amount decimal(18, 2),         -- after everything known
    base_open_amount decimal(18, 2)
);

-- What documents and payments themselves come to per day, as now known: the other side of the tie-out.
create table fact_day (
    entity varchar not null,
    currency varchar not null,
    day date not null,
    part varchar not null,              -- a line of the tie-out: invoiced, credited, received, ...
    amount decimal(38, 2) not null      -- as it moves the receivables: invoiced +, the others mostly -
);
