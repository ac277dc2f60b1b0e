-- From entries and reconciliations to what settles what, after entries.sql. Every row has the day on which Odoo counts it:
-- an entry its own date, a reconciliation the later date of both sides. So the sum of documents less settlements of a
-- customer is, on any past day, that of its posted entries less the reconciliations up to that day.

-- One row per entry that settles: the number of its payment. Entries of one move share it, unless they are of several
-- customers.
create or replace temp table settlement_entry as
with first_of_customer as (
    select entry.move_id, entry.partner_id, entry.company_id, entry.date, min(entry.line_id) as line_id
    from entry
    where entry.role <> 'document'
    group by entry.move_id, entry.partner_id, entry.company_id, entry.date
),
move_of_several as (
    select first.move_id from first_of_customer as first group by first.move_id having count(*) > 1
)
select
    entry.*,
    move.label || case when several.move_id is null then '' else ' #' || first.line_id end as payment_id,
from entry
inner join move on move.move_id = entry.move_id
inner join first_of_customer as first
    on
        first.move_id = entry.move_id
        and first.partner_id = entry.partner_id
        and first.company_id = entry.company_id
        and first.date = entry.date
left join move_of_several as several on several.move_id = entry.move_id
where entry.role <> 'document';

-- One row per side of a reconciliation that counts.
create or replace temp table side as
select
    entry.line_id,
    entry.move_id,
    entry.company_id,
    entry.partner_id,
    entry.date,
    entry.role,
    lines.document_no,
    coalesce(document.invoice_id, settlement.payment_id) as label,
from entry
left join document_entry as lines on lines.line_id = entry.line_id
left join document on document.document_no = lines.document_no
left join settlement_entry as settlement on settlement.line_id = entry.line_id;

-- One row per reconciliation with a side that counts.
create or replace temp table pair as
select
    part.*,
    debit,
    credit,
    part.max_date is not distinct from greatest(debit.date, credit.date) as is_of_later_date,
    debit.company_id = credit.company_id as is_of_one_company,
    debit.company_id = credit.company_id and debit.partner_id = credit.partner_id as is_of_one_account,
from reconciliation as part
left join side as debit on debit.line_id = part.debit_line_id
left join side as credit on credit.line_id = part.credit_line_id
where part.amount <> 0 and (debit.line_id is not null or credit.line_id is not null);

-- One row per settling entry and part of a document it settles, as the entry is dated. Amounts lower the receivable.
create or replace temp table application as
with direct as (
    select
        pair.partial_id,
        pair.max_date,
        pair.exchange_move_id,
        case when pair.debit.document_no is null then pair.debit else pair.credit end as settling,
        case when pair.debit.document_no is null then pair.credit else pair.debit end as settled,
        case when pair.debit.document_no is null then -pair.amount else pair.amount end as amount,
    from pair
    where
        pair.debit.line_id is not null
        and pair.credit.line_id is not null
        and (pair.debit.document_no is null) <> (pair.credit.document_no is null)
        and pair.is_of_one_company
        and pair.is_of_later_date
),
-- An exchange gain is reconciled with the payment: both belong on the document that was paid.
exchange_pair as (
    select
        pair.*,
        case when pair.debit.role = 'exchange' then pair.debit else pair.credit end as exchange,
        case when pair.debit.role = 'exchange' then pair.credit else pair.debit end as money,
    from pair
    where
        pair.debit.document_no is null
        and pair.credit.document_no is null
        and pair.is_of_one_account
        and (pair.debit.role = 'exchange') <> (pair.credit.role = 'exchange')
),
document_of_exchange as (
    select
        exchange.partial_id,
        coalesce(
            min(direct.settled.line_id) filter (direct.exchange_move_id = exchange.exchange.move_id),
            case when count(distinct direct.settled.line_id) = 1 then min(direct.settled.line_id) end
        ) as document_line_id,
    from exchange_pair as exchange
    inner join direct
        on
            direct.settling.line_id = exchange.money.line_id
            and direct.settled.partner_id = exchange.money.partner_id
    group by exchange.partial_id
),
indirect as (
    select pair.*, lines.line_id as document_line_id, lines.document_no
    from exchange_pair as pair
    inner join document_of_exchange as chosen on chosen.partial_id = pair.partial_id
    inner join document_entry as lines on lines.line_id = chosen.document_line_id
)
select
    direct.partial_id,
    direct.max_date,
    direct.settling.line_id,
    direct.settled.line_id as document_line_id,
    direct.settled.document_no,
    direct.amount,
from direct
union all
select pair.partial_id, pair.max_date, pair.debit.line_id, pair.document_line_id, pair.document_no, -pair.amount
from indirect as pair
union all
select pair.partial_id, pair.max_date, pair.credit.line_id, pair.document_line_id, pair.document_no, pair.amount
from indirect as pair;

-- One row per move of money with a part that is no money: what its entries settle beyond what came in.
create or replace temp table not_cash as
with received as (
    select
        entry.move_id,
        entry.company_id,
        -sum(entry.balance) as amount,
        -sum(entry.amount_currency) as amount_currency,
        min(entry.currency_id) as currency_id,
        count(distinct entry.currency_id) as currencies,
    from settlement_entry as entry
    where entry.role = 'payment' and entry.balance < 0
    group by all
)
select
    received.move_id,
    case
        when move.cash_currency_id = company.currency_id then received.amount - move.cash_amount
        -- In whole cents, for a quotient of decimals is a float.
        else
            cast(
                cast(received.amount * 100 as hugeint)
                * cast((received.amount_currency - move.cash_amount) * 100 as hugeint)
                // cast(received.amount_currency * 100 as hugeint) as decimal(38, 10)
            ) * cast(0.01 as decimal(3, 2))
    end as amount,
from received
inner join move on move.move_id = received.move_id
inner join company_text as company on cast(company.id as bigint) = received.company_id
where
    move.cash_amount > 0
    and (
        (move.cash_currency_id = company.currency_id and received.amount > move.cash_amount)
        or (
            move.cash_currency_id <> company.currency_id
            and received.currencies = 1
            and received.currency_id = move.cash_currency_id
            and received.amount_currency > move.cash_amount
        )
    );

-- One row per settlement of a document, or on account (document_no null). Amounts lower the receivable.
create or replace temp table settlement as
with application_of_entry as (
    select
        application.*,
        entry.payment_id,
        entry.partner_id,
        entry.company_id,
        entry.date,
        entry.role,
        entry.move_id,
        move.is_discount,
        case
            when entry.role = 'payment' and entry.balance < 0
                then sum(application.amount) over (
                    partition by entry.move_id, entry.role, entry.balance < 0
                    order by application.line_id desc, application.max_date desc, application.partial_id desc,
                        application.document_line_id
                )
        end as amount_from_last,
    from application
    inner join settlement_entry as entry on entry.line_id = application.line_id
    inner join move on move.move_id = entry.move_id
),
-- The last documents settled bear what was no money.
divided_application as (
    select
        application.*,
        case
            when application.amount_from_last is null then 0
            else
                greatest(
                    least(
                        application.amount,
                        coalesce(part.amount, 0) - (application.amount_from_last - application.amount)
                    ),
                    0
                )
        end as not_cash_amount,
    from application_of_entry as application
    left join not_cash as part on part.move_id = application.move_id
),
transfer as (
    select
        pair.*,
        coalesce(pair.credit.label, pair.debit.label)
        || case
            when pair.debit.line_id is null or pair.credit.line_id is null then ' #' || pair.partial_id
            else ' > ' || pair.debit.label || case when pair.is_of_later_date then '' else ' #' || pair.partial_id end
        end as payment_id,
        case
            when pair.debit.document_no is null and pair.credit.document_no is not null then pair.debit.role
            when pair.debit.document_no is not null and pair.credit.document_no is null then pair.credit.role
        end as role,
    from pair
    where
        pair.partial_id not in (select application.partial_id from application)
        -- Money that came in and went back: both stand on the account, and are nothing together.
        and not coalesce(
            pair.is_of_one_account and pair.debit.document_no is null and pair.credit.document_no is null, false
        )
),
transfer_side as (
    select transfer.payment_id, transfer.max_date, transfer.role, transfer.debit as side, transfer.amount
    from transfer
    union all
    select transfer.payment_id, transfer.max_date, transfer.role, transfer.credit, -transfer.amount
    from transfer
)
select
    application.payment_id,
    application.partner_id,
    application.company_id,
    application.date,
    application.document_no,
    application.document_line_id,
    application.role as kind,
    application.amount - application.not_cash_amount as amount,
from divided_application as application
union all
select
    application.payment_id,
    application.partner_id,
    application.company_id,
    application.date,
    application.document_no,
    application.document_line_id,
    case when application.is_discount then 'discount' else 'write_off' end,
    application.not_cash_amount,
from divided_application as application
union all
select
    entry.payment_id,
    entry.partner_id,
    entry.company_id,
    entry.date,
    null,
    null,
    entry.role,
    -entry.balance - coalesce(applied.amount, 0),
from settlement_entry as entry
left join (
    select application.line_id, sum(application.amount) as amount from application group by application.line_id
) as applied on applied.line_id = entry.line_id
union all
select
    transfer.payment_id,
    transfer.side.partner_id,
    transfer.side.company_id,
    transfer.max_date,
    transfer.side.document_no,
    case when transfer.side.document_no is not null then transfer.side.line_id end,
    coalesce(transfer.role, 'credit'),
    transfer.amount,
from transfer_side as transfer
where transfer.side.line_id is not null;
