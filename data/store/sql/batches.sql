-- Tables that ledger and journal each have: what came in with which file, and which versions later files overtook.
-- Facts keep all their versions; nothing in these files is updated or deleted. Instants (`recorded_at`) are UTC.

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
    raw varchar,
    message varchar not null            -- the reason as template and values (JSON)
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
