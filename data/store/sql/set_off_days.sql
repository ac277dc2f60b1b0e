-- What is kept in memory of a pair that is open for reading, see set_off_days.py.

-- The days whose set-off is kept, in the order in which it was worked out.
create table in_memory.set_off_day (
    number bigint not null,
    as_of date not null,
    known_on timestamp                  -- null: everything known now
);

-- The rows of fresh_set_off_at of those days.
create table in_memory.set_off (
    as_of date not null,
    known_on timestamp,
    customer_id varchar not null,
    entity varchar not null,
    currency varchar not null,
    document_id varchar not null,
    instalment smallint not null,
    is_written_off boolean not null,
    due_date date,
    credit varchar not null,
    is_named boolean not null,
    credit_document_id varchar,
    credit_instalment smallint,
    credit_payment_id varchar,
    set_off_date date not null,
    amount decimal(38, 2) not null
);
