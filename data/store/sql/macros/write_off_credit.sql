-- One row per credit that open debts leave to a customer at the end of a day, and per debt written off and not waived
-- that it is set off against then: notes that name the debt first, then other credit by its day, against the debts in
-- the order of due date, interest, age and number. amount: in the currency of the document.
-- in_pairs names the rows of set_off_at of the same day.
create or replace macro write_off_set_off_at(in_pairs, in_as_of, in_known_on) as table
with unwaived as materialized (
    select write_off.payment_id, write_off.document_id
    from unwaived_write_off_at(in_as_of, in_known_on) as write_off
),
item_of_written_off as (
    select item.*
    from item_at(in_known_on, null, null, null) as item
    where
        item.document_id in (select unwaived.document_id from unwaived)
        and item.invoice_type = 'invoice'
        and item.due_date < in_as_of
        and item.post_date <= in_as_of
        and item.kind in ('write_off', 'recovered')
),
written_off_debt as (
    select
        item.document_id,
        item.customer_id,
        item.entity,
        item.currency,
        item.invoice_date,
        min(item.due_date) as due_date,
        -sum(item.document_amount) as amount,
    from unreversed('item_of_written_off') as item
    left join unwaived
        on
            item.kind = 'write_off'
            and unwaived.document_id = item.document_id
            and unwaived.payment_id = item.payment_id
    where unwaived.document_id is not null or item.kind = 'recovered'
    group by item.document_id, item.customer_id, item.entity, item.currency, item.invoice_date
    having sum(item.document_amount) < 0
),
debt as materialized (
    select debt.* from with_interest('written_off_debt', in_as_of, in_known_on) as debt
),
spent as (
    select
        pair.credit_document_id,
        pair.credit_instalment,
        pair.credit_payment_id,
        pair.currency,
        sum(pair.amount) as amount,
    from query_table(in_pairs) as pair
    group by all
),
open_credit as materialized (
    select part.*
    from open_position_at(in_as_of, in_known_on) as part
    where part.amount < 0 and part.customer_id in (select debt.customer_id from debt)
),
dated_credit as (
    select part.*, invoice.original_invoice_id, part.invoice_date as credit_date
    from open_credit as part
    inner join invoice_at(in_known_on) as invoice on invoice.invoice_id = part.document_id
    where part.invoice_type = 'credit_note'
    union all by name
    select part.* from overpayment_at('open_credit', in_as_of, in_known_on) as part
),
credit as materialized (
    select
        part.customer_id,
        part.entity,
        part.currency,
        part.document_id as credit_id,
        part.original_invoice_id,
        part.credit_date,
        -part.amount - coalesce(spent.amount, 0) as amount,
    from dated_credit as part
    left join spent on spent.credit_document_id = part.document_id and spent.credit_instalment = part.instalment
    where part.credit_date <= in_as_of
    union all
    select
        money.customer_id,
        money.entity,
        money.currency,
        money.payment_id as credit_id,
        null as original_invoice_id,
        money.event_date as credit_date,
        money.amount - coalesce(spent.amount, 0) as amount,
    from money_on_account_at(in_as_of, in_known_on) as money
    left join spent on spent.credit_payment_id = money.payment_id and spent.currency = money.currency
    where money.entity is not null and money.customer_id in (select debt.customer_id from debt)
),
named as materialized (
    select
        debt.document_id,
        credit.credit_id,
        credit.credit_date,
        least(credit.amount, debt.amount - credit.before) as amount,
    from (
        select credit.*, coalesce(sum(credit.amount) over earlier, 0) as before
        from credit
        where
            credit.amount > 0
            and credit.original_invoice_id is not null
            and set_off_rule_at(in_known_on) in ('all', 'named')
        window earlier as (
            partition by credit.original_invoice_id order by credit.credit_date, credit.credit_id
            rows between unbounded preceding and 1 preceding
        )
    ) as credit
    inner join debt
        on
            debt.document_id = credit.original_invoice_id
            and debt.customer_id = credit.customer_id
            and debt.entity = credit.entity
            and debt.currency = credit.currency
    where debt.amount > credit.before
),
credit_left as (
    select
        credit.*,
        sum(credit.amount) over so_far - credit.amount as first_cent,
        sum(credit.amount) over so_far as last_cent,
    from (
        select credit.* replace (credit.amount - coalesce(used.amount, 0) as amount)
        from credit
        left join (select named.credit_id, sum(named.amount) as amount from named group by all) as used
            on used.credit_id = credit.credit_id and credit.original_invoice_id is not null
    ) as credit
    where credit.amount > 0 and set_off_rule_at(in_known_on) = 'all'
    window so_far as (
        partition by credit.customer_id, credit.entity, credit.currency order by credit.credit_date, credit.credit_id
        rows between unbounded preceding and current row
    )
),
debt_left as (
    select
        debt.*,
        sum(debt.amount) over so_far - debt.amount as first_cent,
        sum(debt.amount) over so_far as last_cent,
    from (
        select debt.* replace (debt.amount - coalesce(lowered.amount, 0) as amount)
        from debt
        left join (select named.document_id, sum(named.amount) as amount from named group by all) as lowered
            on lowered.document_id = debt.document_id
    ) as debt
    where debt.amount > 0
    window so_far as (
        partition by debt.customer_id, debt.entity, debt.currency
        order by debt.due_date, debt.interest_percent desc, debt.invoice_date, debt.document_id
        rows between unbounded preceding and current row
    )
),
pair as (
    select named.document_id, named.credit_id, true as is_named, named.credit_date, named.amount from named
    union all
    select
        debt.document_id,
        credit.credit_id,
        false as is_named,
        credit.credit_date,
        least(credit.last_cent, debt.last_cent) - greatest(credit.first_cent, debt.first_cent) as amount,
    from credit_left as credit
    inner join debt_left as debt
        on
            debt.customer_id = credit.customer_id
            and debt.entity = credit.entity
            and debt.currency = credit.currency
    where least(credit.last_cent, debt.last_cent) > greatest(credit.first_cent, debt.first_cent)
)
select
    pair.document_id,
    pair.credit_id,
    pair.is_named,
    debt.due_date,
    greatest(pair.credit_date, debt.due_date) as set_off_date,
    debt.amount as written_off_amount,
    cast(pair.amount as decimal(38, 2)) as amount,
from pair
inner join debt on debt.document_id = pair.document_id;
