-- The journal: what people know and decide, loaded or typed. Versions are kept as in the ledger.

create table journal.meta (key varchar primary key, value varchar not null);

create table journal.batch (
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

create table journal.reject (
    batch_id integer not null,
    line bigint not null,
    column_name varchar,
    reason varchar not null,
    raw varchar
);

create table journal.planned_cash (
    line_id varchar not null,
    label varchar not null,
    category varchar not null,
    amount decimal(18, 2) not null,
    first_date date not null,
    repeat varchar not null,
    until date,
    line bigint not null,
    batch_id integer not null,
    source_date date,
    recorded_at timestamp not null
);

create table journal.billing_plan (
    week_start date not null,
    segment varchar,
    amount decimal(18, 2),              -- null: no plan for that week any more
    line bigint not null,
    batch_id integer not null,
    source_date date,
    recorded_at timestamp not null
);

create table journal.dispute (
    invoice_id varchar not null,
    opened_date date not null,
    closed_date date,
    reason varchar,
    amount decimal(18, 2) not null,
    line bigint not null,
    batch_id integer not null,
    source_date date,
    recorded_at timestamp not null
);

create table journal.contact (
    customer_id varchar not null,
    invoice_id varchar,
    contact_date date not null,
    channel varchar not null,
    direction varchar not null,
    kind varchar not null,
    line bigint not null,
    batch_id integer not null,
    source_date date,
    recorded_at timestamp not null
);

create table journal.promise (
    invoice_id varchar not null,
    made_date date not null,
    promised_date date not null,
    amount decimal(18, 2) not null,
    line bigint not null,
    batch_id integer not null,
    source_date date,
    recorded_at timestamp not null
);

create table journal.note (
    customer_id varchar not null,
    invoice_id varchar,
    noted_date date not null,
    text varchar not null,
    line bigint not null,
    batch_id integer not null,
    source_date date,
    recorded_at timestamp not null
);

create table journal.collection_case (
    case_id varchar not null,
    customer_id varchar not null,
    agency varchar not null,
    opened_date date not null,
    status varchar not null,
    closed_date date,
    claimed decimal(18, 2),
    recovered decimal(18, 2),
    cost decimal(18, 2),
    line bigint not null,
    batch_id integer not null,
    source_date date,
    recorded_at timestamp not null
);

create table journal.signal (
    rule varchar not null,
    customer_id varchar not null,
    raised_date date not null,
    since_date date not null,
    value decimal(18, 10) not null,
    limit_value decimal(18, 10) not null,
    invoices varchar,                   -- documents, with commas between them
    cleared_date date,
    line bigint not null,
    batch_id integer not null,
    source_date date,
    recorded_at timestamp not null
);

create table journal.mute (
    rule varchar,                       -- null: every rule
    customer_id varchar not null,
    muted_date date not null,
    until date not null,
    reason varchar not null,
    line bigint not null,
    batch_id integer not null,
    source_date date,
    recorded_at timestamp not null
);

create table journal.payment_plan (
    invoice_id varchar not null,
    agreed_date date not null,          -- the latest agreement about a document takes the place of earlier ones
    due_date date not null,
    amount decimal(18, 2) not null,
    line bigint not null,
    batch_id integer not null,
    source_date date,
    recorded_at timestamp not null
);

create table journal.expected_date (
    invoice_id varchar not null,
    noted_date date not null,
    expected_date date,                 -- null: left to the forecast again
    reason varchar,
    line bigint not null,
    batch_id integer not null,
    source_date date,
    recorded_at timestamp not null
);

create table journal.forecast_run (
    as_of date not null,
    part varchar not null,              -- weeks, invoices, payments: one file each under frozen/
    currency varchar not null,
    row_count integer not null,
    file_hash varchar not null,
    line bigint not null,
    batch_id integer not null,
    source_date date,
    recorded_at timestamp not null
);

create table journal.scenario (
    name varchar not null,
    toml varchar,                       -- null: thrown away
    line bigint not null,
    batch_id integer not null,
    source_date date,
    recorded_at timestamp not null
);

create table journal.setting (
    key varchar not null,
    value varchar,
    line bigint not null,
    batch_id integer not null,
    source_date date,
    recorded_at timestamp not null
);

create table journal.superseded (
    grain varchar not null,
    batch_id integer not null,
    line bigint not null,
    known_until timestamp not null
);

-- Which rows later files repeated, and the day these speak of: a file dated in between must not win from them.
create table journal.confirmed (
    grain varchar not null,
    batch_id integer not null,
    line bigint not null,
    by_batch_id integer not null,
    valid_from date not null
);
