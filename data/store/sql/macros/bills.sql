-- Whether a text holds an id as a word: nothing that belongs to a word stands before or after it. Looked at between the
-- pieces the id cuts the text in: to make a pattern per id takes milliseconds each.
create or replace macro holds_word(in_text, in_id) as
    len([
        place for place in range(1, len(string_split(lower(in_text), lower(in_id))))
        if not regexp_matches(
            case when place > 1 then 'x' else ' ' end || string_split(lower(in_text), lower(in_id))[place],
            '[\p{L}\p{N}]$'
        )
        and not regexp_matches(
            string_split(lower(in_text), lower(in_id))[place + 1]
            || case when place + 1 < len(string_split(lower(in_text), lower(in_id))) then 'x' else ' ' end,
            '^[\p{L}\p{N}]'
        )
    ]) > 0;

-- One row per bank entry of money out: the letters of whoever was paid, and all texts that may name a bill.
create or replace macro debit_at(in_known_on) as table
select
    entry.account,
    entry.entry_id,
    entry.entry_date,
    entry.currency,
    -entry.amount as paid,
    letters_of(coalesce(entry.counterparty, '')) as payee,
    concat_ws(' ', entry.description, entry.end_to_end_id, entry.reference) as words,
from booked_entry_at(in_known_on) as entry
where entry.amount < 0;

-- One row per bank entry and bill it pays: which part of the entry is for the bill. An entry that names several bills
-- pays them if it is their sum, else the first to fall due that is no smaller than it. If one id named is a part of
-- another ("12" of "12/3"), the longer one is meant. The supplier's name must fit, unless the bank names nobody, or
-- somebody who collects for it, and the amount is the bill's to the cent. An entry that names no bill pays the oldest one
-- of that very amount of the supplier.
create or replace macro bill_entry_at(in_known_on) as table
with debit as materialized (
    select one.* from debit_at(in_known_on) as one
),
bill as materialized (
    select one.*, letters_of(one.supplier) as payee from bill_at(in_known_on) as one
),
bill_paired as (
    select debit.*, bill.bill_id, bill.due_date, bill.amount, debit.payee <> '' as is_supplier
    from debit
    inner join bill
        on bill.payee = debit.payee and bill.currency = debit.currency and bill.bill_date <= debit.entry_date
    union all
    select debit.*, bill.bill_id, bill.due_date, bill.amount, false
    from debit
    inner join bill
        on
            bill.amount = debit.paid
            and bill.currency = debit.currency
            and bill.bill_date <= debit.entry_date
            and bill.payee <> debit.payee
),
-- A pattern per pair takes long to make: only for those whose letters are there.
bill_mentioned as materialized (
    select
        pair.account,
        pair.entry_id,
        pair.entry_date,
        pair.paid,
        pair.words,
        pair.bill_id,
        pair.due_date,
        pair.amount,
        pair.is_supplier,
    from bill_paired as pair
    where contains(lower(pair.words), lower(pair.bill_id))
),
bill_of_supplier as materialized (
    select mention.* exclude (words, is_supplier)
    from bill_mentioned as mention
    where mention.is_supplier and holds_word(mention.words, mention.bill_id)
),
-- A number of a few letters stands in many texts by chance.
bill_of_amount as materialized (
    select mention.* exclude (words, is_supplier)
    from bill_mentioned as mention
    anti join bill_of_supplier as named on named.account = mention.account and named.entry_id = mention.entry_id
    where
        mention.amount = mention.paid
        and length(letters_of(mention.bill_id)) >= 4
        and regexp_matches(mention.bill_id, '[0-9]')
        and holds_word(mention.words, mention.bill_id)
),
bill_named as (
    select own.* from bill_of_supplier as own
    union all
    select other.* from bill_of_amount as other
),
unnamed_debit as (
    select debit.*, row_number() over equal_debit as position
    from debit
    inner join (
        select equal.payee, equal.currency, equal.amount, min(equal.bill_date) as first_date
        from bill as equal
        group by equal.payee, equal.currency, equal.amount
    ) as known
        on
            known.payee = debit.payee
            and known.currency = debit.currency
            and known.amount = debit.paid
            and known.first_date <= debit.entry_date
    anti join bill_named as named on named.account = debit.account and named.entry_id = debit.entry_id
    window equal_debit as (
        partition by debit.payee, debit.currency, debit.paid
        order by debit.entry_date, debit.account, debit.entry_id
    )
),
unnamed_bill as (
    select bill.*, row_number() over equal_bill as position
    from bill
    anti join bill_named as named on named.bill_id = bill.bill_id
    where bill.paid_date is null and bill.paid_amount is null
    window equal_bill as (
        partition by bill.payee, bill.currency, bill.amount
        order by bill.due_date, bill.bill_date, bill.bill_id
    )
),
bill_meant as (
    select named.*
    from bill_named as named
    where not exists (
        select longer.bill_id
        from bill_named as longer
        where
            longer.account = named.account
            and longer.entry_id = named.entry_id
            and longer.bill_id <> named.bill_id
            and contains(lower(longer.bill_id), lower(named.bill_id))
    )
),
bill_counted as (
    select
        meant.*,
        sum(meant.amount) over (partition by meant.account, meant.entry_id) = meant.paid as is_sum,
        row_number() over (
            partition by meant.account, meant.entry_id
            order by meant.paid > meant.amount, meant.due_date, meant.bill_id
        ) as position,
    from bill_meant as meant
)
select
    counted.account,
    counted.entry_id,
    counted.entry_date,
    counted.bill_id,
    case when counted.is_sum then counted.amount else counted.paid end as amount,
from bill_counted as counted
where counted.is_sum or counted.position = 1
union all
select debit.account, debit.entry_id, debit.entry_date, bill.bill_id, debit.paid
from unnamed_debit as debit
inner join unnamed_bill as bill
    on
        bill.payee = debit.payee
        and bill.currency = debit.currency
        and bill.amount = debit.paid
        and bill.position = debit.position
        and bill.bill_date <= debit.entry_date
where debit.payee <> '';

-- One row per bill and day on which something of it was paid: how much. What is left at the end of a day is the bill
-- less its rows up to that day. Bank entries that are more than what is left pay nothing; what the bill itself says
-- holds everything up to its day, so that no payment counts twice. Only bills with entries are followed step by step.
create or replace macro bill_payment_at(in_known_on) as table
with recursive bill_entry as materialized (
    select entry.* from bill_entry_at(in_known_on) as entry
),
declared_payment as (
    select
        bill.bill_id,
        coalesce(bill.paid_date, bill.bill_date) as paid_on,
        -- On its own day the bill's word comes after the bank's; without a day, before all entries.
        bill.paid_date is not null as is_declared,
        coalesce(bill.paid_amount, bill.amount) as amount,
        bill.amount - coalesce(bill.paid_amount, bill.amount) as declared_left,
    from bill_at(in_known_on) as bill
    where bill.paid_date is not null or bill.paid_amount is not null
),
payment_event as (
    select
        event.*,
        row_number() over (
            partition by event.bill_id order by event.paid_on, event.is_declared, event.account, event.entry_id
        ) as position,
    from (
        select
            payment.bill_id, payment.paid_on, payment.is_declared, '' as account, '' as entry_id,
            payment.declared_left, cast(null as decimal(18, 2)) as entry_amount,
        from declared_payment as payment
        where payment.bill_id in (select entry.bill_id from bill_entry as entry)
        union all
        select entry.bill_id, entry.entry_date, false, entry.account, entry.entry_id, null, entry.amount
        from bill_entry as entry
    ) as event
),
amount_left as (
    select
        bill.bill_id,
        bill.bill_date as paid_on,
        0 as position,
        bill.amount as amount_left,
        bill.amount as left_before,
    from bill_at(in_known_on) as bill
    where bill.bill_id in (select entry.bill_id from bill_entry as entry)
    union all
    select
        event.bill_id,
        event.paid_on,
        event.position,
        case
            when event.entry_amount is null then event.declared_left
            when event.entry_amount <= before.amount_left then before.amount_left - event.entry_amount
            else before.amount_left
        end as amount_left,
        before.amount_left as left_before,
    from amount_left as before
    inner join payment_event as event on event.bill_id = before.bill_id and event.position = before.position + 1
)
select step.bill_id, step.paid_on, cast(sum(step.left_before - step.amount_left) as decimal(18, 2)) as amount
from amount_left as step
group by step.bill_id, step.paid_on
having sum(step.left_before - step.amount_left) <> 0
union all
select payment.bill_id, payment.paid_on, payment.amount
from declared_payment as payment
where payment.amount <> 0 and payment.bill_id not in (select entry.bill_id from bill_entry as entry);

-- One row per bill dated by the end of a day with something left to pay at it; discount_until, discount_amount: what
-- paying the rest by then saves, null where nothing does.
create or replace macro open_bill_at(in_as_of, in_known_on) as table
with paid_by_then as (
    select payment.bill_id, sum(payment.amount) as amount
    from bill_payment_at(in_known_on) as payment
    where payment.paid_on <= in_as_of
    group by payment.bill_id
)
select
    bill.bill_id,
    bill.supplier,
    bill.bill_date,
    bill.due_date,
    bill.currency,
    bill.amount,
    cast(bill.amount - coalesce(paid.amount, 0) as decimal(18, 2)) as open_amount,
    case
        when
            bill.amount > 0
            and bill.discount_percent > 0
            and bill.bill_date + cast(bill.discount_days as integer) > in_as_of
            then bill.bill_date + cast(bill.discount_days as integer)
    end as discount_until,
    case
        when discount_until is not null
            then cast(
                round(bill.amount * cast(bill.discount_percent / 100 as decimal(18, 10)), 2) as decimal(18, 2)
            )
    end as discount_amount,
from bill_at(in_known_on) as bill
left join paid_by_then as paid on paid.bill_id = bill.bill_id
where bill.bill_date <= in_as_of and bill.amount <> coalesce(paid.amount, 0);

-- One row per day: the bills of the 90 days to it and what of all bills is unpaid at its end. Supplier bills know no
-- segment or administration: under such a filter both are empty.
create or replace macro bill_on(in_days, in_known_on, in_currency, in_entity, in_segment) as table
with bill_in_view as (
    select bill.bill_id, bill.bill_date, bill.amount, bill.currency, bill.bill_date as rate_day
    from bill_at(in_known_on) as bill
    where (in_currency is null or bill.currency = in_currency) and in_entity is null and in_segment is null
),
bill_movement as (
    select
        bill.bill_date,
        bill.bill_date as since,
        bill.currency,
        bill.rate_day,
        bill.amount,
        true as is_bill,
    from bill_in_view as bill
    union all
    select
        bill.bill_date,
        greatest(payment.paid_on, bill.bill_date) as since,
        bill.currency,
        bill.rate_day,
        -payment.amount as amount,
        false as is_bill,
    from bill_in_view as bill
    inner join bill_payment_at(in_known_on) as payment on payment.bill_id = bill.bill_id
),
amount_of_day as (
    select
        movement.bill_date,
        movement.since,
        movement.is_bill,
        sum(converted(movement.amount, movement.rate)) as amount,
    from with_rate('bill_movement', in_known_on, in_currency) as movement
    group by all
)
select
    point.day,
    sum(movement.amount) filter (movement.is_bill and movement.bill_date > point.day - 90) as bills_90,
    coalesce(sum(movement.amount), 0) as bills_open,
from day_in(in_days) as point
left join amount_of_day as movement on movement.since <= point.day
group by point.day;
