-- What is kept in memory of a pair that is open for reading, see cash_rows.py.

-- The moments of which the application of cash is kept, in the order in which it was worked out.
create table in_memory.cash_moment (
    number bigint not null,
    known_on timestamp,                 -- null: everything known now
    is_alone boolean not null           -- as if nobody had decided anything
);

-- What the entries of the bank are, as known at those moments.
create table in_memory.cash_row (
    known_on timestamp,
    is_alone boolean not null,
    place bigint not null,              -- in the order of the entries
    account varchar not null,
    entry_id varchar not null,
    entry_date date not null,
    amount decimal(18, 2) not null,
    counterparty varchar,
    description varchar,
    customer_id varchar,
    kind varchar not null,
    invoice_id varchar,
    applied_amount decimal(18, 2) not null,
    status varchar not null,
    score double not null,
    reason varchar not null,            -- template and values, as JSON
    decided_by varchar,
    decided_at timestamp,
    applied_date date not null,
    currency varchar not null
);

-- What they settle beside the money: discounts, what banks kept, credit notes set off.
create table in_memory.cash_settlement (
    known_on timestamp,
    is_alone boolean not null,
    account varchar not null,
    entry_id varchar not null,
    document_id varchar not null,
    day date not null,
    kind varchar not null,
    amount decimal(18, 2) not null,
    status varchar not null
);
