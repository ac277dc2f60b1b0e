-- What is owed: the open documents of a customer less its own credit. Set-off is worked out anew per day, never posted,
-- over all documents of the customer before any filter, in the currency of the documents.

-- How far credit is set off: all, named (only notes that name an invoice) or none.
create or replace macro set_off_rule_at(in_known_on) as (
    select coalesce(max(setting.value), 'all')
    from setting_at(in_known_on) as setting
    where setting.key = 'set_off'
);

-- One row per part with something open at the end of a day, in its own currency, with or without a rate.
create or replace macro open_position_at(in_as_of, in_known_on) as table
select
    part.customer_id,
    part.entity,
    part.currency,
    part.document_id,
    part.instalment,
    part.invoice_type,
    part.invoice_date,
    part.due_date,
    coalesce(part.amount, 0) < 0 as is_credit,
    part.document_open_amount as amount,
from open_part_at(in_as_of, in_known_on, null, null, null) as part
where part.document_open_amount <> 0;

-- One row per payment line that names no document and is on account at the end of a day, with what is left of it:
-- money paid back takes the earliest away. entity: that of the money, else the only one the customer has documents
-- in; null where it has several, or none.
create or replace macro money_on_account_at(in_as_of, in_known_on) as table
with money as (
    select
        item.customer_id,
        item.entity,
        item.currency,
        item.payment_id,
        item.event_date,
        cast(-sum(item.document_amount) as decimal(38, 2)) as amount,
    from item_at(in_known_on, null, null, null) as item
    -- Money that names a document not there yet stays with that document.
    where item.due_date is null and item.document_id is null and item.post_date <= in_as_of
    group by all
    having sum(item.document_amount) <> 0
),
money_left as (
    select
        money.*,
        cast(
            greatest(
                0,
                least(
                    money.amount,
                    sum(greatest(money.amount, 0)) over so_far + sum(least(money.amount, 0)) over whole
                )
            ) as decimal(38, 2)
        ) as left_amount,
    from money
    window
        so_far as (
            partition by money.customer_id, money.entity, money.currency
            order by money.event_date, money.payment_id, money.amount
            rows between unbounded preceding and current row
        ),
        whole as (partition by money.customer_id, money.entity, money.currency)
),
only_entity as (
    select
        document.customer_id,
        case
            when count(distinct coalesce(document.entity, '')) = 1 then any_value(coalesce(document.entity, ''))
        end as entity,
    from invoice_at(in_known_on) as document
    where
        document.invoice_date <= in_as_of
        and still_runs(document.cancelled_date, in_as_of)
        and document.customer_id in (select money.customer_id from money where money.entity = '')
    group by document.customer_id
)
select
    money.customer_id,
    case when money.entity <> '' then money.entity else only_entity.entity end as entity,
    money.currency,
    money.payment_id,
    money.event_date,
    money.left_amount as amount,
from money_left as money
left join only_entity on only_entity.customer_id = money.customer_id
where money.left_amount > 0;

-- One row per part of an invoice of which more was settled than it is, among parts as of open_position_at of the same
-- day, with the day from which that is credit: of the last that was settled on it. What was paid back moves it not.
create or replace macro overpayment_at(in_parts, in_as_of, in_known_on) as table
with below_zero as (
    select part.*
    from query_table(in_parts) as part
    where part.amount < 0 and part.invoice_type = 'invoice'
),
-- What was written off was paid by nobody: it makes no credit.
written_off as (
    select item.document_id, item.instalment, -sum(item.document_amount) as amount
    from item_at(in_known_on, null, null, null) as item
    where
        item.post_date <= in_as_of
        and (is_loss(item.kind) or item.kind = 'recovered')
        and item.document_id in (select part.document_id from below_zero as part)
    group by item.document_id, item.instalment
),
overpaid as materialized (
    select part.* replace (part.amount + greatest(coalesce(written_off.amount, 0), 0) as amount)
    from below_zero as part
    left join written_off on written_off.document_id = part.document_id and written_off.instalment = part.instalment
    where part.amount + greatest(coalesce(written_off.amount, 0), 0) < 0
),
settling_item as (
    select item.*
    from item_at(in_known_on, null, null, null) as item
    where
        item.post_date <= in_as_of
        and item.due_date is not null
        and not is_document(item.kind)
        and item.document_id in (select overpaid.document_id from overpaid)
),
last_settled as (
    select item.document_id, item.instalment, max(item.event_date) as event_date
    from unreversed('settling_item') as item
    where item.document_amount < 0
    group by item.document_id, item.instalment
)
select
    overpaid.*,
    -- A part that is money due back is there on its own day.
    case when overpaid.is_credit then overpaid.due_date else coalesce(settled.event_date, overpaid.invoice_date) end
        as credit_date,
from overpaid
left join last_settled as settled
    on settled.document_id = overpaid.document_id and settled.instalment = overpaid.instalment;

-- One row per debt and credit of the same customer, administration and currency that are set off against one another at
-- the end of a day. A note lowers the invoice it names. Other credit counts as paid on the later of its own day and the
-- due date (6:129 BW), against the debts in the order of due date, interest, age and number (6:43 BW), undisputed first.
-- An early-payment discount that was taken in time is settled on the day it was.
-- credit: credit_note, overpayment, on_account, discount; is_named: by a note that names the invoice; amount: above 0.
create or replace macro fresh_set_off_at(in_as_of, in_known_on) as table
with open_part as materialized (
    select part.* from open_position_at(in_as_of, in_known_on) as part
),
open_debt as (
    select part.* from open_part as part where part.amount > 0
),
debt as materialized (
    select part.*, part.document_id in (
        select dispute.invoice_id from open_dispute_at(in_as_of, in_known_on) as dispute
    ) as is_disputed
    from with_interest('open_debt', in_as_of, in_known_on) as part
),
note as materialized (
    select part.*, invoice.original_invoice_id
    from open_part as part
    inner join invoice_at(in_known_on) as invoice on invoice.invoice_id = part.document_id
    where part.amount < 0 and part.invoice_type = 'credit_note'
),
naming_note as (
    select
        note.customer_id,
        note.entity,
        note.currency,
        note.original_invoice_id,
        note.document_id,
        note.instalment,
        note.invoice_date,
        sum(-note.amount) over so_far + note.amount as first_cent,
        sum(-note.amount) over so_far as last_cent,
    from note
    where note.original_invoice_id is not null and set_off_rule_at(in_known_on) in ('all', 'named')
    window so_far as (
        partition by note.customer_id, note.entity, note.currency, note.original_invoice_id
        order by note.invoice_date, note.document_id, note.instalment
        rows between unbounded preceding and current row
    )
),
named_debt as (
    select
        debt.*,
        sum(debt.amount) over so_far - debt.amount as first_cent,
        sum(debt.amount) over so_far as last_cent,
    from debt
    window so_far as (
        partition by debt.document_id order by debt.due_date, debt.instalment
        rows between unbounded preceding and current row
    )
),
named as materialized (
    select
        debt.customer_id,
        debt.entity,
        debt.currency,
        debt.document_id,
        debt.instalment,
        note.document_id as credit_document_id,
        note.instalment as credit_instalment,
        note.invoice_date as set_off_date,
        least(note.last_cent, debt.last_cent) - greatest(note.first_cent, debt.first_cent) as amount,
    from naming_note as note
    inner join named_debt as debt
        on
            debt.document_id = note.original_invoice_id
            and debt.customer_id = note.customer_id
            and debt.entity = note.entity
            and debt.currency = note.currency
    where least(note.last_cent, debt.last_cent) > greatest(note.first_cent, debt.first_cent)
),
debt_less_notes as (
    select debt.*, debt.amount - coalesce(lowered.amount, 0) as left_amount
    from debt
    left join (
        select named.document_id, named.instalment, sum(named.amount) as amount from named group by all
    ) as lowered on lowered.document_id = debt.document_id and lowered.instalment = debt.instalment
),
-- A discount that was taken in time is what is left of its invoice, and no more than the discount.
discounted as materialized (
    select
        debt.customer_id,
        debt.entity,
        debt.currency,
        debt.document_id,
        debt.instalment,
        taken.taken_date as set_off_date,
        least(
            debt.left_amount,
            taken.amount - sum(debt.left_amount) over (
                partition by debt.document_id order by debt.due_date desc, debt.instalment desc
                rows between unbounded preceding and current row
            ) + debt.left_amount
        ) as amount,
    from debt_less_notes as debt
    inner join discount_taken_at(in_known_on) as taken on taken.document_id = debt.document_id
    where
        debt.left_amount > 0
        and taken.taken_date <= in_as_of
        and still_runs(taken.lost_date, in_as_of)
),
debt_left as (
    select debt.* replace (debt.left_amount - coalesce(discounted.amount, 0) as left_amount)
    from debt_less_notes as debt
    left join discounted
        on
            discounted.document_id = debt.document_id
            and discounted.instalment = debt.instalment
            and discounted.amount > 0
),
overpayment as (
    select part.* from overpayment_at('open_part', in_as_of, in_known_on) as part
),
credit as (
    select
        note.customer_id,
        note.entity,
        note.currency,
        'credit_note' as credit,
        note.document_id,
        note.instalment,
        cast(null as varchar) as payment_id,
        note.invoice_date as credit_date,
        -note.amount - coalesce(spent.amount, 0) as amount,
    from note
    left join (
        select named.credit_document_id, named.credit_instalment, sum(named.amount) as amount
        from named
        group by all
    ) as spent on spent.credit_document_id = note.document_id and spent.credit_instalment = note.instalment
    union all
    select
        part.customer_id,
        part.entity,
        part.currency,
        'overpayment' as credit,
        part.document_id,
        part.instalment,
        null as payment_id,
        part.credit_date,
        -part.amount as amount,
    from overpayment as part
    union all
    select
        money.customer_id,
        money.entity,
        money.currency,
        'on_account' as credit,
        null as document_id,
        null as instalment,
        money.payment_id,
        money.event_date as credit_date,
        money.amount,
    from money_on_account_at(in_as_of, in_known_on) as money
    where money.entity is not null
),
credit_in_order as (
    select
        credit.*,
        sum(credit.amount) over so_far - credit.amount as first_cent,
        sum(credit.amount) over so_far as last_cent,
    from credit
    where credit.amount > 0 and credit.credit_date <= in_as_of and set_off_rule_at(in_known_on) = 'all'
    window so_far as (
        partition by credit.customer_id, credit.entity, credit.currency
        order by credit.credit_date, credit.document_id, credit.instalment, credit.payment_id
        rows between unbounded preceding and current row
    )
),
debt_in_order as (
    select
        debt.*,
        sum(debt.left_amount) over so_far - debt.left_amount as first_cent,
        sum(debt.left_amount) over so_far as last_cent,
    from debt_left as debt
    where debt.left_amount > 0
    window so_far as (
        partition by debt.customer_id, debt.entity, debt.currency
        order by
            debt.is_disputed,
            debt.due_date,
            debt.interest_percent desc,
            debt.invoice_date,
            debt.document_id,
            debt.instalment
        rows between unbounded preceding and current row
    )
)
select
    named.customer_id,
    named.entity,
    named.currency,
    named.document_id,
    named.instalment,
    'credit_note' as credit,
    true as is_named,
    named.credit_document_id,
    named.credit_instalment,
    cast(null as varchar) as credit_payment_id,
    named.set_off_date,
    cast(named.amount as decimal(38, 2)) as amount,
from named
union all
select
    discounted.customer_id,
    discounted.entity,
    discounted.currency,
    discounted.document_id,
    discounted.instalment,
    'discount' as credit,
    false as is_named,
    null as credit_document_id,
    null as credit_instalment,
    null as credit_payment_id,
    discounted.set_off_date,
    cast(discounted.amount as decimal(38, 2)) as amount,
from discounted
where discounted.amount > 0
union all
select
    debt.customer_id,
    debt.entity,
    debt.currency,
    debt.document_id,
    debt.instalment,
    credit.credit,
    false as is_named,
    credit.document_id as credit_document_id,
    credit.instalment as credit_instalment,
    credit.payment_id as credit_payment_id,
    greatest(credit.credit_date, debt.due_date) as set_off_date,
    cast(
        least(credit.last_cent, debt.last_cent) - greatest(credit.first_cent, debt.first_cent) as decimal(38, 2)
    ) as amount,
from credit_in_order as credit
inner join debt_in_order as debt
    on
        debt.customer_id = credit.customer_id
        and debt.entity = credit.entity
        and debt.currency = credit.currency
where least(credit.last_cent, debt.last_cent) > greatest(credit.first_cent, debt.first_cent);
