-- Credits that pay debts: both stand in an order, and every cent of the credit pays the first cent that is left.

-- One row per credit and debt of one account that meet. Both tables: account (of any type), place (their order in it),
-- amount above 0. in_credits further: credit, document_id, instalment, payment_id, credit_date. in_debts further:
-- document_id, instalment, due_date, is_written_off, customer_id, entity, currency.
create or replace macro allocation_of(in_credits, in_debts) as table
with credit as (
    select
        credit.*,
        sum(credit.amount) over so_far - credit.amount as first_cent,
        sum(credit.amount) over so_far as last_cent,
    from query_table(in_credits) as credit
    where credit.amount > 0
    window so_far as (
        partition by credit.account order by credit.place rows between unbounded preceding and current row
    )
),
debt as (
    select
        debt.*,
        sum(debt.amount) over so_far - debt.amount as first_cent,
        sum(debt.amount) over so_far as last_cent,
    from query_table(in_debts) as debt
    where debt.amount > 0
    window so_far as (
        partition by debt.account order by debt.place rows between unbounded preceding and current row
    )
)
select
    debt.customer_id,
    debt.entity,
    debt.currency,
    debt.document_id,
    debt.instalment,
    debt.is_written_off,
    debt.due_date,
    credit.credit,
    credit.document_id as credit_document_id,
    credit.instalment as credit_instalment,
    credit.payment_id as credit_payment_id,
    credit.credit_date,
    least(credit.last_cent, debt.last_cent) - greatest(credit.first_cent, debt.first_cent) as amount,
from credit
inner join debt on debt.account = credit.account
where least(credit.last_cent, debt.last_cent) > greatest(credit.first_cent, debt.first_cent);

-- One row per debt of a table, with what a table of allocations leaves of its amount.
create or replace macro left_of_debts(in_debts, in_allocations) as table
select debt.* replace (debt.amount - coalesce(paid.amount, 0) as amount)
from query_table(in_debts) as debt
left join (
    select paid.document_id, paid.instalment, paid.is_written_off, sum(paid.amount) as amount
    from query_table(in_allocations) as paid
    group by all
) as paid
    on
        paid.document_id = debt.document_id
        and paid.instalment = debt.instalment
        and paid.is_written_off = debt.is_written_off;

-- One row per credit of a table of documents (document_id, instalment), with what allocations leave of its amount.
create or replace macro left_of_documents(in_credits, in_allocations) as table
select credit.* replace (credit.amount - coalesce(spent.amount, 0) as amount)
from query_table(in_credits) as credit
left join (
    select spent.credit_document_id, spent.credit_instalment, sum(spent.amount) as amount
    from query_table(in_allocations) as spent
    group by all
) as spent on spent.credit_document_id = credit.document_id and spent.credit_instalment = credit.instalment;
