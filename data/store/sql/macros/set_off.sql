-- What is owed: the open documents of a customer less its own credit. Set-off is worked out anew per day, never posted,
-- over all documents of the customer before any filter, in the currency of the documents.

-- How far credit is set off: all, named (only notes that name an invoice) or none.
create or replace macro set_off_rule_at(in_known_on) as (
    select coalesce(max(setting.value), 'all')
    from setting_at(in_known_on) as setting
    where setting.key = 'set_off'
);

-- An amount of a document in the currency shown, at the rate of its open amount; the whole converts to the whole.
create or replace macro share_shown(in_share, in_document_open_amount, in_open_amount) as
    case
        when in_share = in_document_open_amount then in_open_amount
        when in_document_open_amount = in_open_amount then in_share
        else converted(in_share, cast(in_open_amount / in_document_open_amount as decimal(18, 10)))
    end;

-- One row per part with something open at the end of a day, in its own currency, with or without a rate.
create or replace macro open_position_at(in_as_of, in_known_on) as table
with moved_later as (
    select item.document_id, item.instalment, sum(item.document_amount) as amount
    from item_at(in_known_on, null, null, null) as item
    where item.post_date > in_as_of and item.due_date is not null
    group by item.document_id, item.instalment
),
part_on_day as (
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
        cast(part.last_document_open_amount - coalesce(later.amount, 0) as decimal(38, 2)) as amount,
    from receivable_at(in_known_on, null, null, null) as part
    left join moved_later as later on later.document_id = part.document_id and later.instalment = part.instalment
    where part.invoice_date <= in_as_of and still_runs(part.closed_date, in_as_of)
)
select part.*
from part_on_day as part
where part.amount <> 0;

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
        part.customer_id,
        case when count(distinct part.entity) = 1 then any_value(part.entity) end as entity,
    from receivable_at(in_known_on, null, null, null) as part
    where
        part.invoice_date <= in_as_of
        and part.customer_id in (select money.customer_id from money where money.entity = '')
    group by part.customer_id
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

-- One row per debt and credit of the same customer, administration and currency that are set off against one another at
-- the end of a day. A note lowers the invoice it names. Other credit counts as paid on the later of its own day and the
-- due date (6:129 BW), against the debts in the order of due date, age and number (6:43 BW), undisputed ones first.
-- An early-payment discount that was taken in time is settled on the day it was.
-- credit: credit_note, overpayment, on_account, discount; is_named: by a note that names the invoice; amount: above 0.
create or replace macro set_off_at(in_as_of, in_known_on) as table
with open_part as materialized (
    select part.* from open_position_at(in_as_of, in_known_on) as part
),
debt as materialized (
    select part.*, part.document_id in (
        select dispute.invoice_id from open_dispute_at(in_as_of, in_known_on) as dispute
    ) as is_disputed
    from open_part as part
    where part.amount > 0
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
            discount.amount - sum(debt.left_amount) over (
                partition by debt.document_id order by debt.due_date desc, debt.instalment desc
                rows between unbounded preceding and current row
            ) + debt.left_amount
        ) as amount,
    from debt_less_notes as debt
    inner join discount_taken_at(in_known_on) as taken on taken.document_id = debt.document_id
    inner join invoice_discount_at(in_as_of, in_known_on) as discount on discount.invoice_id = debt.document_id
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
-- The day from which an overpayment is there: of the last that was settled on the document.
overpaid_date as (
    select item.document_id, item.instalment, max(item.event_date) as event_date
    from item_at(in_known_on, null, null, null) as item
    where
        item.post_date <= in_as_of
        and item.due_date is not null
        and not is_document(item.kind)
        and item.document_id in (
            select part.document_id from open_part as part where part.amount < 0 and part.invoice_type = 'invoice'
        )
    group by item.document_id, item.instalment
    having sum(item.document_amount) <> 0
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
        -- A part that is money due back is there on its own day.
        case when part.is_credit then part.due_date else coalesce(overpaid.event_date, part.invoice_date) end
            as credit_date,
        -part.amount as amount,
    from open_part as part
    left join overpaid_date as overpaid
        on overpaid.document_id = part.document_id and overpaid.instalment = part.instalment
    where part.amount < 0 and part.invoice_type = 'invoice'
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
        order by debt.is_disputed, debt.due_date, debt.invoice_date, debt.document_id, debt.instalment
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

-- One row per part that takes part in a set-off: how much its open amount falls by (a credit's, negative, rises), how
-- much of that by notes that name an invoice or by a discount taken, and the numbers of the credit a debt is set off against.
create or replace macro set_off_part_at(in_as_of, in_known_on) as table
with pair as materialized (
    select pair.* from set_off_at(in_as_of, in_known_on) as pair
),
side as (
    select
        pair.document_id,
        pair.instalment,
        pair.amount,
        pair.is_named,
        pair.credit = 'discount' as is_discount,
        coalesce(pair.credit_document_id, pair.credit_payment_id) as credit_id,
    from pair
    union all
    select
        pair.credit_document_id,
        pair.credit_instalment,
        -pair.amount,
        pair.is_named,
        false as is_discount,
        null as credit_id,
    from pair
    where pair.credit_document_id is not null
)
select
    side.document_id,
    side.instalment,
    sum(side.amount) as amount,
    coalesce(sum(side.amount) filter (side.is_named or side.is_discount), 0) as named_amount,
    string_agg(distinct side.credit_id, ', ' order by side.credit_id) as set_off_with,
from side
group by side.document_id, side.instalment;

-- One row per document and day it falls due with something open, as open_document_at, with what of that is owed and
-- the numbers of the credit it is set off against, and until when which discount can still be taken.
create or replace macro owed_document_at(in_as_of, in_known_on, in_currency, in_entity, in_segment) as table
with part_after_set_off as (
    select
        part.*,
        cast(coalesce(set_off.amount, 0) as decimal(38, 2)) as document_set_off_amount,
        cast(part.document_open_amount - coalesce(set_off.amount, 0) as decimal(38, 2)) as document_owed_amount,
        set_off.set_off_with,
        case when offer.amount < document_owed_amount then offer.last_date end as discount_until,
        case when offer.amount < document_owed_amount then cast(offer.amount as decimal(38, 2)) end
            as document_discount_amount,
    from open_document_at(in_as_of, in_known_on, in_currency, in_entity, in_segment) as part
    left join set_off_part_at(in_as_of, in_known_on) as set_off
        on set_off.document_id = part.document_id and set_off.instalment = part.instalment
    left join discount_offer_at(in_as_of, in_known_on) as offer
        on offer.invoice_id = part.document_id and part.instalment = 0
)
select
    part.*,
    cast(share_shown(part.document_discount_amount, part.document_open_amount, part.open_amount) as decimal(38, 2))
        as discount_amount,
    cast(share_shown(part.document_owed_amount, part.document_open_amount, part.open_amount) as decimal(38, 2))
        as owed_amount,
from part_after_set_off as part;
