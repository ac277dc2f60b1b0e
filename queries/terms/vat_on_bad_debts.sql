-- name: vat_on_bad_debts
-- One row per invoice, and day it fell due, whose VAT can be reclaimed because it was not paid, or can be soon. At the
-- latest one year after the due date the unpaid amount counts as uncollectible (art. 29 Wet OB): from that day the VAT
-- in it can be reclaimed, in the return of the period that day is in. No tax advice. A written-off amount is unpaid as
-- well; an amount credited, or set off against credit of the customer, is not. The VAT is that of the unpaid share of
-- the invoice. VAT that was reclaimed is due again when the money comes after all: after that year, or on what was
-- written off. Such a row is there until its return is over.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- param customer: VARCHAR = null  only this customer
-- param days_ahead: INTEGER = 60  invoices whose day comes within so many days are listed as well
-- returns invoice_id: VARCHAR  the document
-- returns customer_id: VARCHAR  the customer
-- returns customer_name: VARCHAR  its name, or its id where it is not in the customer list
-- returns segment: VARCHAR  the customer's segment
-- returns entity: VARCHAR  the administration
-- returns currency: VARCHAR  currency of the document itself
-- returns invoice_date: DATE  date of the document
-- returns due_date: DATE  day it, or its instalment, fell due
-- returns amount: DECIMAL(38,2)  amount of the document or instalment
-- returns unpaid_amount: DECIMAL(38,2)  owed on the day after set-off, and written off by then; where VAT is due again, what came in
-- returns written_off: DECIMAL(38,2)  of that, written off and not set off against credit since
-- returns vat_unpaid: DECIMAL(38,2)  VAT in the unpaid amount; null where the VAT of the invoice is not known
-- returns reclaimable_from: DATE  one year after the due date; where VAT is due again, the day the last of the money came
-- returns declare_by: DATE  last day to hand in the return of the period of that day, one month after its end
-- returns vat_state: VARCHAR  opens: its day comes; open: reclaimable, the return can still be in time; passed: its last day is over; due_again: paid after all
with invoice_part as (
    select part.*, cast(part.due_date + interval 1 year as date) as reclaimable_from
    from receivable_at($known_on, $currency, $entity, $segment) as part
    where
        part.invoice_type = 'invoice'
        and part.amount > 0
        and part.invoice_date <= $as_of
        and ($customer is null or part.customer_id = $customer)
        and part.due_date <= cast($as_of + $days_ahead - interval 1 year as date) + 1
        -- Five years after the year in which it could be reclaimed, no return can be corrected any more.
        and part.due_date >= cast(date_trunc('year', $as_of) - interval 6 year as date)
),
posted_on_part as (
    select
        item.document_id,
        item.instalment,
        sum(item.amount) as open_amount,
        sum(item.document_amount) as document_open_amount,
        coalesce(-sum(item.amount) filter (is_loss(item.kind)), 0) as written_off,
        coalesce(-sum(item.document_amount) filter (is_loss(item.kind)), 0) as document_written_off,
    from item_at($known_on, $currency, $entity, $segment) as item
    where
        item.post_date <= $as_of
        and item.due_date is not null
        and item.document_id in (select part.document_id from invoice_part as part)
    group by item.document_id, item.instalment
),
set_off_of_write_off as (
    select pair.document_id, sum(pair.amount) as amount
    from write_off_set_off_at($as_of, $known_on) as pair
    group by pair.document_id
),
-- Credit that is set off against what was written off pays it, the first instalment first.
loss_part as (
    select
        posted.*,
        share_shown(
            posted.document_written_off - least(
                posted.document_written_off,
                greatest(
                    0,
                    coalesce(set_off.amount, 0) - sum(posted.document_written_off) over so_far
                    + posted.document_written_off
                )
            ),
            posted.document_written_off,
            posted.written_off
        ) as lost_amount,
    from posted_on_part as posted
    left join set_off_of_write_off as set_off on set_off.document_id = posted.document_id
    window so_far as (
        partition by posted.document_id order by posted.instalment rows between unbounded preceding and current row
    )
),
owed_part as (
    select
        posted.*,
        owed_share(set_off.amount, posted.document_open_amount, posted.open_amount) as owed_amount,
    from loss_part as posted
    left join set_off_part_at($as_of, $known_on) as set_off
        on set_off.document_id = posted.document_id and set_off.instalment = posted.instalment
),
unpaid_part as (
    select
        part.*,
        posted.owed_amount + posted.lost_amount as unpaid_amount,
        posted.lost_amount as written_off,
    from invoice_part as part
    inner join owed_part as posted on posted.document_id = part.document_id and posted.instalment = part.instalment
    where posted.owed_amount + posted.lost_amount > 0 and part.reclaimable_from <= $as_of + $days_ahead
),
item_after_all as (
    select item.*
    from item_at($known_on, $currency, $entity, $segment) as item
    where
        item.post_date <= $as_of
        and item.post_date > cast($as_of - interval 7 month as date)
        and item.invoice_type = 'invoice'
        and (item.kind = 'recovered' or (is_receipt(item.kind) and item.post_date > item.due_date + interval 1 year))
        and ($customer is null or item.customer_id = $customer)
),
booked_after_all as (
    select
        item.document_id,
        item.instalment,
        max(item.post_date) as paid_date,
        -- What came after the year counts by itself; before that, what took a write-off back.
        coalesce(-sum(item.amount) filter (is_receipt(item.kind) and item.post_date > item.due_date + interval 1 year), 0)
        + coalesce(
            sum(item.amount) filter (item.kind = 'recovered' and item.post_date <= item.due_date + interval 1 year), 0
        ) as amount,
    from unreversed('item_after_all') as item
    group by item.document_id, item.instalment
),
-- Money on account and money paid too much pays a debt by set-off; a credit note states its own VAT.
set_off_after_all as (
    select
        pair.document_id,
        pair.instalment,
        greatest(pair.set_off_date, pair.due_date) as paid_date,
        case
            when pair.is_written_off
                then share_shown(pair.amount, part.document_written_off, part.written_off)
            else share_shown(pair.amount, part.document_open_amount, part.open_amount)
        end as amount,
    from kept_set_off_at($as_of, $known_on) as pair
    inner join posted_on_part as part on part.document_id = pair.document_id and part.instalment = pair.instalment
    where
        pair.credit in ('on_account', 'overpayment')
        and pair.credit_document_id is distinct from pair.document_id
        and pair.set_off_date > pair.due_date + interval 1 year
        and pair.set_off_date > cast($as_of - interval 7 month as date)
),
money_after_all as (
    select money.document_id, money.instalment, max(money.paid_date) as paid_date, sum(money.amount) as amount,
    from (
        select booked.* from booked_after_all as booked
        union all
        select set_off.* from set_off_after_all as set_off
    ) as money
    group by money.document_id, money.instalment
),
paid_part as (
    select
        part.* exclude (reclaimable_from),
        money.paid_date as reclaimable_from,
        money.amount as unpaid_amount,
        cast(0 as decimal(38, 2)) as written_off,
        true as is_due_again,
    from (
        select part.*, null as reclaimable_from
        from receivable_at($known_on, $currency, $entity, $segment) as part
        where part.amount > 0
    ) as part
    inner join money_after_all as money on money.document_id = part.document_id and money.instalment = part.instalment
    where money.amount > 0
),
listed_part as (
    select part.*, false as is_due_again from unpaid_part as part
    union all by name
    select part.* from paid_part as part
),
dated_part as (
    select
        part.*,
        last_day(cast(
            case
                when setting.vat_period = 'month' then date_trunc('month', part.reclaimable_from) + interval 1 month
                else date_trunc('quarter', part.reclaimable_from) + interval 3 month
            end as date
        )) as declare_by,
    from listed_part as part
    cross join term_setting_at($known_on) as setting
)
select
    part.document_id as invoice_id,
    part.customer_id,
    coalesce(customer.customer_name, part.customer_id) as customer_name,
    part.segment,
    part.entity,
    part.currency,
    part.invoice_date,
    part.due_date,
    cast(part.amount as decimal(38, 2)) as amount,
    cast(part.unpaid_amount as decimal(38, 2)) as unpaid_amount,
    cast(part.written_off as decimal(38, 2)) as written_off,
    cast(
        round(
            cast(part.unpaid_amount as decimal(18, 2)) * cast(invoice.vat_amount / invoice.amount as decimal(18, 10)),
            2
        )
        as decimal(38, 2)
    ) as vat_unpaid,
    part.reclaimable_from,
    part.declare_by,
    case
        when part.is_due_again then 'due_again'
        when part.reclaimable_from > $as_of then 'opens'
        when part.declare_by >= $as_of then 'open'
        else 'passed'
    end as vat_state,
from dated_part as part
inner join invoice_at($known_on) as invoice on invoice.invoice_id = part.document_id
left join customer_at($known_on) as customer on customer.customer_id = part.customer_id
where
    (invoice.vat_amount is null or invoice.vat_amount > 0)
    and (not part.is_due_again or part.declare_by >= $as_of)
order by part.reclaimable_from, part.document_id, part.due_date, part.is_due_again
