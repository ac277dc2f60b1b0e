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
amount_by_day as (
    select
        item.document_id,
        item.instalment,
        item.post_date,
        coalesce(-sum(item.document_amount) filter (is_loss(item.kind)), 0) as lost,
        coalesce(sum(item.document_amount) filter (not is_loss(item.kind)), 0) as other,
    from item_at(in_known_on, null, null, null) as item
    where
        item.post_date <= in_as_of
        and item.due_date is not null
        and item.document_id in (select part.document_id from below_zero as part)
    group by item.document_id, item.instalment, item.post_date
),
open_on_day as (
    select
        by_day.*,
        sum(by_day.other - by_day.lost) over so_far + by_day.lost as open_before_loss,
    from amount_by_day as by_day
    window so_far as (
        partition by by_day.document_id, by_day.instalment order by by_day.post_date
        rows between unbounded preceding and current row
    )
),
-- What was written off of more than was open was paid by nobody: it makes no credit. Money that came after a write-off
-- was waived was paid too much, as any other.
written_off as (
    select
        day.document_id,
        day.instalment,
        sum(
            case when day.lost > 0 then greatest(day.lost - greatest(day.open_before_loss, 0), 0) else day.lost end
        ) as amount,
    from open_on_day as day
    group by day.document_id, day.instalment
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
-- the end of a day. A part of the other sign lowers what is left of its own invoice, the last to fall due first; a note
-- lowers the invoice it names, what is open of it and then what was written off of it. Other credit counts as paid on the
-- later of its own day and the due date (6:129 BW), against the debts in the order of due date, interest, age and number
-- (6:43 BW), undisputed first, and then against those written off and not waived. An early-payment discount that was
-- taken in time is settled on the day it was.
-- credit: credit_note, overpayment, on_account, discount; is_named: of the invoice itself or by a note that names it;
-- is_written_off: against the debt that was written off; amount: above 0.
create or replace macro fresh_set_off_at(in_as_of, in_known_on) as table
with open_part as materialized (
    select part.* from open_position_at(in_as_of, in_known_on) as part
),
written_off as (
    select debt.* from written_off_debt_at(in_as_of, in_known_on) as debt
),
open_or_written_off as (
    select
        part.customer_id,
        part.entity,
        part.currency,
        part.document_id,
        part.instalment,
        part.invoice_date,
        part.due_date,
        part.amount,
        false as is_written_off,
    from open_part as part
    where part.amount > 0
    union all by name
    select debt.*, cast(0 as smallint) as instalment, true as is_written_off from written_off as debt
),
debt as materialized (
    select
        part.*,
        part.document_id in (
            select dispute.invoice_id from open_dispute_at(in_as_of, in_known_on) as dispute
        ) as is_disputed,
        row(part.customer_id, part.entity, part.currency, part.document_id) as account,
        row(part.is_written_off, part.due_date, part.instalment) as place,
    from with_interest('open_or_written_off', in_as_of, in_known_on) as part
),
credit_of_itself as (
    select
        row(part.customer_id, part.entity, part.currency, part.document_id) as account,
        row(part.due_date, part.instalment) as place,
        'overpayment' as credit,
        part.document_id,
        part.instalment,
        null as payment_id,
        part.due_date as credit_date,
        -part.amount as amount,
    from open_part as part
    where
        part.amount < 0 and part.is_credit and part.invoice_type = 'invoice' and set_off_rule_at(in_known_on) <> 'none'
),
last_part_first as (
    select
        debt.* replace (row(date_diff('day', debt.due_date, date '1970-01-01'), -debt.instalment) as place),
    from debt
    where not debt.is_written_off
),
of_itself as materialized (
    select pair.* from allocation_of('credit_of_itself', 'last_part_first') as pair
),
debt_less_itself as materialized (
    select debt.* from left_of_debts('debt', 'of_itself') as debt
),
-- A discount that was taken in time is what is left of its invoice, and no more than the discount on what notes leave.
discount_on_part as (
    select
        debt.customer_id,
        debt.entity,
        debt.currency,
        debt.document_id,
        debt.instalment,
        debt.is_written_off,
        taken.taken_date,
        least(
            debt.amount,
            least(taken.amount, discount.amount) - sum(debt.amount) over (
                partition by debt.document_id order by debt.due_date desc, debt.instalment desc
                rows between unbounded preceding and current row
            ) + debt.amount
        ) as amount,
    from debt_less_itself as debt
    inner join discount_taken_at(in_known_on) as taken on taken.document_id = debt.document_id
    inner join invoice_discount_at(in_as_of, in_known_on) as discount on discount.invoice_id = debt.document_id
    where
        debt.amount > 0
        and not debt.is_written_off
        and taken.taken_date <= in_as_of
        and still_runs(taken.lost_date, in_as_of)
),
discounted as materialized (
    select part.* from discount_on_part as part where part.amount > 0
),
debt_less_discount as materialized (
    select debt.* from left_of_debts('debt_less_itself', 'discounted') as debt
),
note as materialized (
    select
        row(part.customer_id, part.entity, part.currency, invoice.original_invoice_id) as account,
        row(part.invoice_date, part.document_id, part.instalment) as place,
        part.customer_id,
        part.entity,
        part.currency,
        'credit_note' as credit,
        part.document_id,
        part.instalment,
        null as payment_id,
        part.invoice_date as credit_date,
        -part.amount as amount,
    from open_part as part
    inner join invoice_at(in_known_on) as invoice on invoice.invoice_id = part.document_id
    where part.amount < 0 and part.invoice_type = 'credit_note'
),
naming_note as (
    select note.* from note where set_off_rule_at(in_known_on) <> 'none'
),
by_note as materialized (
    select pair.* from allocation_of('naming_note', 'debt_less_discount') as pair
),
debt_in_order as (
    select
        debt.* replace (
            row(debt.customer_id, debt.entity, debt.currency) as account,
            row(
                debt.is_written_off,
                debt.is_disputed,
                debt.due_date,
                -debt.interest_percent,
                debt.invoice_date,
                debt.document_id,
                debt.instalment
            ) as place
        ),
    from left_of_debts('debt_less_discount', 'by_note') as debt
),
overpayment as (
    select
        part.customer_id,
        part.entity,
        part.currency,
        'overpayment' as credit,
        part.document_id,
        part.instalment,
        part.credit_date,
        -part.amount as amount,
    from overpayment_at('open_part', in_as_of, in_known_on) as part
),
credit as (
    select note.* exclude (account, place) from left_of_documents('note', 'by_note') as note
    union all by name
    select part.* from left_of_documents('overpayment', 'of_itself') as part
    union all by name
    select
        money.customer_id,
        money.entity,
        money.currency,
        'on_account' as credit,
        money.payment_id,
        money.event_date as credit_date,
        money.amount,
    from money_on_account_at(in_as_of, in_known_on) as money
    where money.entity is not null
),
credit_in_order as (
    select
        credit.*,
        row(credit.customer_id, credit.entity, credit.currency) as account,
        row(credit.credit_date, credit.document_id, credit.instalment, credit.payment_id) as place,
    from credit
    where credit.credit_date <= in_as_of and set_off_rule_at(in_known_on) = 'all'
),
pair as (
    select pair.*, true as is_named, pair.credit_date as set_off_date from of_itself as pair
    union all by name
    select pair.*, true as is_named, pair.credit_date as set_off_date from by_note as pair
    union all by name
    select discounted.*, 'discount' as credit, false as is_named, discounted.taken_date as set_off_date from discounted
    union all by name
    select pair.*, false as is_named, greatest(pair.credit_date, pair.due_date) as set_off_date
    from allocation_of('credit_in_order', 'debt_in_order') as pair
)
select
    pair.customer_id,
    pair.entity,
    pair.currency,
    pair.document_id,
    pair.instalment,
    pair.is_written_off,
    pair.due_date,
    pair.credit,
    pair.is_named,
    pair.credit_document_id,
    pair.credit_instalment,
    pair.credit_payment_id,
    pair.set_off_date,
    cast(pair.amount as decimal(38, 2)) as amount,
from pair;
