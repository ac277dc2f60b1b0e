-- Whose payments settle the documents: those of the bookkeeping, or those applied from the entries of the bank. Where a
-- setting says the bank, payments of the bookkeeping since then are the same money: they stay in the store, and count
-- for nothing.

-- One row per administration that a setting names, and '' for all others, while entries of the bank are held: which
-- source the settings say (null: they do not), and the first day of it: that of the first entry, but after the periods
-- that were closed when the setting came.
create or replace macro cash_source_at(in_known_on) as table
with setting_of_administration as (
    select
        split_part(setting.key, '@', 1) as name,
        case when contains(setting.key, '@') then substr(setting.key, strpos(setting.key, '@') + 1) else '' end as entity,
        setting.value,
        setting.recorded_at,
    from journal.setting as setting
    where
        (in_known_on is null or setting.recorded_at <= in_known_on)
        and (starts_with(setting.key, 'cash_source') or starts_with(setting.key, 'closed_until'))
),
stated as (
    select
        case when contains(setting.key, '@') then substr(setting.key, strpos(setting.key, '@') + 1) else '' end as entity,
        setting.value as cash_source,
        setting.recorded_at,
    from setting_at(in_known_on) as setting
    where
        (setting.key = 'cash_source' or starts_with(setting.key, 'cash_source@'))
        and coalesce(setting.value, '') <> ''
),
administration as (
    select setting.entity from setting_of_administration as setting
    union
    select ''
),
source as (
    select
        administration.entity,
        coalesce(own.cash_source, every.cash_source) as cash_source,
        coalesce(own.recorded_at, every.recorded_at) as recorded_at,
    from administration
    left join stated as own on own.entity = administration.entity
    left join stated as every on every.entity = ''
),
closed_by_then as (
    select
        source.entity,
        closing.entity as of_entity,
        try_cast(arg_max(closing.value, closing.recorded_at) as date) as day,
    from source
    inner join setting_of_administration as closing
        on
            closing.name = 'closed_until'
            and closing.entity in ('', source.entity)
            and closing.recorded_at <= source.recorded_at
    group by source.entity, closing.entity
),
first_entry as (
    select min(entry.entry_date) as day
    from bank_entry_at(in_known_on) as entry
    having count(*) > 0
)
select
    source.entity,
    source.cash_source,
    greatest(first_entry.day, max(closed.day) + 1) as first_date,
from source
cross join first_entry
left join closed_by_then as closed on closed.entity = source.entity
group by source.entity, source.cash_source, first_entry.day;

-- One row per payment number of the bookkeeping and document (null: on account) that counts for nothing, as its money
-- is applied from the bank: where the bank is the source, and no row of it is dated before.
create or replace macro replaced_payment_at(in_known_on) as table
with bank_source as materialized (
    select source.entity, source.cash_source, source.first_date from cash_source_at(in_known_on) as source
),
first_bank_day as (
    select min(source.first_date) as first_date from bank_source as source where source.cash_source = 'bank'
),
late_row as (
    select distinct payment.payment_id, payment.invoice_id, coalesce(payment.entity, '') as entity
    from settlement_stated_at(in_known_on) as payment
    where
        payment.bank_entry is null
        and is_receipt(coalesce(payment.kind, 'payment'))
        and payment.payment_date >= (select first_bank_day.first_date from first_bank_day)
),
first_row as (
    select late.payment_id, late.invoice_id, max(late.entity) as entity, min(payment.payment_date) as payment_date
    from late_row as late
    inner join settlement_stated_at(in_known_on) as payment
        on payment.payment_id = late.payment_id and payment.invoice_id is not distinct from late.invoice_id
    where payment.bank_entry is null and is_receipt(coalesce(payment.kind, 'payment'))
    group by late.payment_id, late.invoice_id
)
select payment.payment_id, payment.invoice_id
from first_row as payment
left join invoice_at(in_known_on) as document on document.invoice_id = payment.invoice_id
left join bank_source as own on own.entity = coalesce(document.entity, payment.entity)
left join bank_source as every on every.entity = ''
where
    coalesce(own.cash_source, every.cash_source) = 'bank'
    and payment.payment_date >= coalesce(own.first_date, every.first_date);

-- One row per payment row that counts.
create or replace macro settlement_at(in_known_on) as table
select payment.*
from settlement_stated_at(in_known_on) as payment
anti join replaced_payment_at(in_known_on) as replaced
    on
        payment.bank_entry is null
        and replaced.payment_id = payment.payment_id
        and replaced.invoice_id is not distinct from payment.invoice_id;
