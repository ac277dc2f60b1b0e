-- The ledger: what the books say. Every fact keeps all its versions; nothing is updated or deleted.
-- `recorded_at` (UTC) is when Kasstroom learned it, `source_date` the day the file itself speaks of, if told.
-- `line` is the row of the file; negative: what that row and earlier versions say together, where neither says all.

create table meta (key varchar primary key, value varchar not null);

create table batch (
    batch_id integer primary key,       -- counted over both files
    recorded_at timestamp not null,
    source_date date,
    file_name varchar not null,
    kind varchar not null,
    preset varchar,
    sha256 varchar not null,
    preset_sha256 varchar,
    unsaid varchar not null,            -- columns the file did not speak of, `customers.segment invoices.entity`
    rows_read bigint not null,
    accepted bigint not null,
    rejected bigint not null,
    duplicate bigint not null,
    stored bigint not null,             -- rows of facts that came with it
    sum_read decimal(38, 2),
    sum_accepted decimal(38, 2),
    content_hash varchar not null,
    chain_hash varchar not null
);

create table reject (
    batch_id integer not null,
    line bigint not null,
    column_name varchar,
    reason varchar not null,
    raw varchar
);

create table customer (
    customer_id varchar not null,
    customer_name varchar,
    segment varchar,
    country varchar,
    payment_terms_days bigint,
    credit_limit decimal(18, 2),
    customer_type varchar,
    size_class varchar,
    email varchar,
    account_manager varchar,
    language varchar,
    preferred_method varchar,
    contract_interest_percent decimal(18, 10),
    line bigint not null,
    batch_id integer not null,
    source_date date,
    recorded_at timestamp not null
);

create table invoice (
    invoice_id varchar not null,
    customer_id varchar not null,
    invoice_type varchar not null,
    invoice_date date not null,
    due_date date,
    currency varchar not null,
    amount decimal(18, 2) not null,
    vat_amount decimal(18, 2),
    po_number varchar,
    entity varchar,
    terms_days bigint,
    discount_percent decimal(18, 10),
    discount_days bigint,
    original_invoice_id varchar,
    cancelled_date date,
    line bigint not null,
    batch_id integer not null,
    source_date date,
    recorded_at timestamp not null
);

create table settlement (
    payment_id varchar not null,
    customer_id varchar not null,
    invoice_id varchar,
    payment_date date not null,
    currency varchar not null,
    amount decimal(18, 2) not null,
    kind varchar,
    entity varchar,
    line bigint not null,
    batch_id integer not null,
    source_date date,
    recorded_at timestamp not null
);

create table instalment (
    invoice_id varchar not null,
    due_date date not null,
    amount decimal(18, 2) not null,
    part varchar not null,              -- tells parts of one day apart
    line bigint not null,
    batch_id integer not null,
    source_date date,
    recorded_at timestamp not null
);

create table bank_balance (
    account varchar not null,
    currency varchar not null,
    balance_date date not null,
    balance decimal(18, 2) not null,
    line bigint not null,
    batch_id integer not null,
    source_date date,
    recorded_at timestamp not null
);

create table bank_entry (
    entry_id varchar not null,
    account varchar not null,
    currency varchar not null,
    entry_date date not null,
    amount decimal(18, 2) not null,     -- negative: out
    counterparty varchar,
    description varchar,
    line bigint not null,
    batch_id integer not null,
    source_date date,
    recorded_at timestamp not null
);

create table ledger_balance (
    balance_date date not null,
    entity varchar,
    currency varchar not null,
    balance decimal(18, 2) not null,
    line bigint not null,
    batch_id integer not null,
    source_date date,
    recorded_at timestamp not null
);

create table bill (
    bill_id varchar not null,
    supplier varchar not null,
    bill_date date not null,
    due_date date not null,
    currency varchar not null,
    amount decimal(18, 2) not null,
    paid_date date,
    line bigint not null,
    batch_id integer not null,
    source_date date,
    recorded_at timestamp not null
);

-- What one unit of `currency` is worth in the reporting currency, from `rate_date` until the next rate.
create table fx_rate (
    rate_date date not null,
    currency varchar not null,
    rate decimal(18, 10) not null,
    line bigint not null,
    batch_id integer not null,
    source_date date,
    recorded_at timestamp not null
);

-- Which version rows have been overtaken, and since when that is known.
create table superseded (
    grain varchar not null,
    batch_id integer not null,
    line bigint not null,
    known_until timestamp not null
);

-- Which rows later files repeated, and the day these speak of: a file dated in between must not win from them.
create table confirmed (
    grain varchar not null,
    batch_id integer not null,
    line bigint not null,
    by_batch_id integer not null,
    valid_from date not null
);

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
    kind varchar not null,              -- invoice, credit_note, cancellation, payment, credit, write_off, reversal
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
    amount_on_time decimal(18, 2),      -- settled on or before the due date, between 0 and amount_due
    base_amount_on_time decimal(18, 2),
    closed_date date,                   -- first day from which nothing is open any more; null while open
    open_amount decimal(18, 2),         -- after everything known
    base_open_amount decimal(18, 2)
);

-- What documents and payments themselves come to per day, as now known: the other side of the tie-out.
create table fact_day (
    entity varchar not null,
    currency varchar not null,
    day date not null,
    part varchar not null,              -- invoiced, credited, received, written_off
    amount decimal(38, 2) not null      -- as it moves the receivables: invoiced +, the others mostly -
);
