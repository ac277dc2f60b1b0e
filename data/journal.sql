-- The journal: what people know and decide, loaded or typed. Versions are kept as in the ledger.

create table journal.meta (key varchar primary key, value varchar not null);

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
    amount decimal(18, 2) not null,
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

create table journal.setting (
    key varchar not null,
    value varchar,
    recorded_at timestamp not null
);

create table journal.superseded (
    grain varchar not null,
    batch_id integer not null,
    line bigint not null,
    known_until timestamp not null
);
