-- name: findings
-- One row per kind of oddity in the books up to the day that has at least one case. None of them is refused or
-- changed: they are true until corrected at the source. What has no rate to the reporting currency is not in the
-- amounts, and is a finding of its own per currency, in that currency; so is what has only an old rate.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only what was recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param rate_days: INTEGER = 31  an exchange rate older than this many days is stale
-- returns finding: VARCHAR  code of the oddity
-- returns count: BIGINT  how many cases there are
-- returns amount: DECIMAL(38,2)  what the cases add up to; null where they have no amount of their own
-- returns example: VARCHAR  one of the cases: its document, payment, customer, account, bill or currency
-- returns currency: VARCHAR  currency of amount; null where there is no amount
with known_document as (
    select
        i.invoice_id,
        i.customer_id,
        i.invoice_type,
        i.invoice_date,
        i.due_date,
        i.currency,
        i.amount,
        i.original_invoice_id,
        i.cancelled_date,
        coalesce(i.entity, '') as entity,
    from invoice_at($known_on) as i
),
document as (
    select d.*
    from known_document as d
    where
        d.invoice_date <= $as_of
        and ($currency is null or d.currency = $currency)
        and ($entity is null or d.entity = $entity)
),
known_payment as (
    select
        s.payment_id,
        s.customer_id,
        s.invoice_id,
        s.payment_date,
        s.currency,
        s.amount,
        coalesce(s.kind, 'payment') as kind,
        d.invoice_type,
        d.invoice_date,
        d.currency as document_currency,
        d.customer_id as document_customer_id,
    from settlement_at($known_on) as s
    left join known_document as d on d.invoice_id = s.invoice_id
    where
        ($currency is null or s.currency = $currency)
        and ($entity is null or coalesce(d.entity, s.entity, '') = $entity)
),
paid as (
    select p.*
    from known_payment as p
    where p.payment_date <= $as_of
),
-- What is converted at a rate of its own: documents, and money that is on none of its currency.
converted_fact as (
    select d.invoice_id as example, d.currency, d.invoice_date as day, d.amount
    from document as d
    where d.currency <> reporting_currency_at($known_on)
    union all
    select p.payment_id, p.currency, p.payment_date, p.amount
    from paid as p
    where p.document_currency is distinct from p.currency and p.currency <> reporting_currency_at($known_on)
),
latest_balance as (
    select
        l.account,
        l.currency,
        max(l.balance_date) as balance_date,
        arg_max(l.balance, l.balance_date) as balance,
    from bank_balance_at($known_on) as l
    where l.balance_date <= $as_of
    group by l.account, l.currency
),
-- One payment number on account and on a document: right for a payment in two parts, double for money that was
-- applied later. The row on account is loaded again with 0.00 once it has gone to the document.
twice_entered as (
    select p.payment_id, p.currency, p.payment_date, p.amount
    from paid as p
    where
        p.invoice_id is null
        and p.amount <> 0
        and exists (
            select 1
            from paid as o
            where o.payment_id = p.payment_id and o.customer_id = p.customer_id and o.invoice_id is not null
        )
),
named_customer as (
    select c.customer_id from customer_at($known_on) as c
    union
    select d.customer_id from known_document as d
    union
    select s.customer_id from settlement_at($known_on) as s
),
-- Credit notes on one invoice count together, in the order they came.
credited as (
    select
        n.invoice_id,
        n.currency,
        n.invoice_date,
        n.amount,
        o.amount as original_amount,
        -sum(n.amount) over (partition by o.invoice_id order by n.invoice_date, n.invoice_id) as credited,
    from document as n
    inner join known_document as o on o.invoice_id = n.original_invoice_id and o.currency = n.currency
    where n.invoice_type = 'credit_note' and n.cancelled_date is null
),
numbered as (
    select
        d.*,
        row_number() over (
            partition by d.customer_id, d.invoice_date, d.currency, d.amount, d.entity order by d.invoice_id
        ) as number,
    from document as d
    where d.invoice_type = 'invoice' and d.cancelled_date is null
),
schedule as (
    select
        d.invoice_id,
        d.currency,
        d.invoice_date,
        d.amount,
        sum(n.amount) as scheduled,
        min(n.amount * sign(d.amount)) as least_part,
    from instalment_at($known_on) as n
    inner join document as d on d.invoice_id = n.invoice_id
    group by all
),
open_bill as (
    select
        b.*,
        row_number() over (partition by b.supplier, b.bill_date, b.currency, b.amount order by b.bill_id) as number,
    from bill_at($known_on) as b
    where b.bill_date <= $as_of and ($currency is null or b.currency = $currency) and $entity is null
),
found as (
    select 'credit_note_over_invoice' as finding, n.invoice_id as example, n.currency, n.invoice_date as day, abs(n.amount) as amount
    from credited as n
    where n.credited > n.original_amount
    union all
    select 'credit_note_without_invoice', d.invoice_id, d.currency, d.invoice_date, abs(d.amount)
    from document as d
    anti join document as o on o.invoice_id = d.original_invoice_id
    where d.original_invoice_id is not null
    union all
    select 'due_before_invoice', d.invoice_id, d.currency, d.invoice_date, abs(d.amount)
    from document as d
    where d.due_date < d.invoice_date
    union all
    select 'duplicate_looking_invoice', n.invoice_id, n.currency, n.invoice_date, n.amount
    from numbered as n
    where n.number > 1
    union all
    select 'instalments_do_not_add_up', s.invoice_id, s.currency, s.invoice_date, abs(s.amount - s.scheduled)
    from schedule as s
    where s.scheduled <> s.amount or s.least_part <= 0
    union all
    select 'payment_before_invoice', p.payment_id, p.currency, p.payment_date, p.amount
    from paid as p
    where p.payment_date < p.invoice_date
    union all
    select 'payment_on_account_too', t.payment_id, t.currency, t.payment_date, t.amount
    from twice_entered as t
    union all
    select 'payment_other_currency', p.payment_id, p.currency, p.payment_date, p.amount
    from paid as p
    where p.document_currency <> p.currency
    union all
    select 'payment_without_invoice', p.payment_id, p.currency, p.payment_date, p.amount
    from paid as p
    where p.invoice_id is not null and p.document_currency is null
    union all
    select 'payer_other_customer', p.payment_id, p.currency, p.payment_date, p.amount
    from paid as p
    where p.document_customer_id <> p.customer_id
    union all
    select 'refund', p.payment_id, p.currency, p.payment_date, abs(p.amount)
    from paid as p
    where p.kind = 'payment' and p.amount < 0 and p.invoice_type is distinct from 'credit_note'
    union all
    select 'future_document', d.invoice_id, d.currency, d.invoice_date, d.amount
    from known_document as d
    where d.invoice_date > $as_of
    union all
    select 'future_payment', p.payment_id, p.currency, p.payment_date, p.amount
    from known_payment as p
    where p.payment_date > $as_of
    union all
    select 'bill_due_before_date', b.bill_id, b.currency, b.bill_date, b.amount
    from open_bill as b
    where b.due_date < b.bill_date
    union all
    select 'bill_paid_before_date', b.bill_id, b.currency, b.bill_date, b.amount
    from open_bill as b
    where b.paid_date < b.bill_date
    union all
    select 'duplicate_looking_bill', b.bill_id, b.currency, b.bill_date, b.amount
    from open_bill as b
    where b.number > 1
),
rated as (
    select
        f.finding,
        f.example,
        converted(f.amount, case
            when $currency is not null or f.currency = reporting_currency_at($known_on) then cast(1 as decimal(18, 10))
            else r.rate
        end) as amount,
    from found as f
    asof left join fx_rate_at($known_on) as r on r.currency = f.currency and r.rate_date <= f.day
),
unknown as (
    select 'dispute_unknown_invoice' as finding, u.invoice_id as example
    from dispute_at($known_on) as u
    anti join known_document as d on d.invoice_id = u.invoice_id
    where u.opened_date <= $as_of
    union all
    select 'promise_unknown_invoice', u.invoice_id
    from promise_at($known_on) as u
    anti join known_document as d on d.invoice_id = u.invoice_id
    where u.made_date <= $as_of
    union all
    select 'contact_unknown_invoice', u.invoice_id
    from contact_at($known_on) as u
    anti join known_document as d on d.invoice_id = u.invoice_id
    where u.contact_date <= $as_of and u.invoice_id is not null
    union all
    select 'contact_unknown_customer', u.customer_id
    from contact_at($known_on) as u
    anti join named_customer as n on n.customer_id = u.customer_id
    where u.contact_date <= $as_of
    union all
    select 'instalment_without_invoice', u.invoice_id
    from instalment_at($known_on) as u
    anti join known_document as d on d.invoice_id = u.invoice_id
),
unrated as (
    select
        'missing_rate' as finding,
        coalesce(i.document_id, i.payment_id) as example,
        i.currency,
        sum(i.document_amount) as amount,
    from item_at($known_on, null, $entity, null) as i
    where $currency is null and i.amount is null and i.post_date <= $as_of
    group by all
    having sum(i.document_amount) <> 0
    union all
    select 'missing_rate_bank', b.account, b.currency, b.balance
    from latest_balance as b
    asof left join fx_rate_at($known_on) as r on r.currency = b.currency and r.rate_date <= b.balance_date
    where $currency is null and r.rate is null and b.currency <> reporting_currency_at($known_on)
    union all
    select 'missing_rate_bill', b.bill_id, b.currency, b.amount
    from open_bill as b
    asof left join fx_rate_at($known_on) as r on r.currency = b.currency and r.rate_date <= b.bill_date
    where $currency is null and r.rate is null and b.currency <> reporting_currency_at($known_on)
),
-- Old rates: what was converted at one, and currencies with something open that would be converted at one today.
rate_used as (
    select 'stale_rate' as finding, f.example, f.currency, f.day, f.amount
    from converted_fact as f
    union all
    select 'stale_rate_bank', b.account, b.currency, b.balance_date, b.balance
    from latest_balance as b
    union all
    select 'stale_rate_now', i.currency, i.currency, $as_of, sum(i.document_amount)
    from item_at($known_on, null, $entity, null) as i
    where i.post_date <= $as_of and i.due_date is not null and i.currency <> reporting_currency_at($known_on)
    group by i.currency
    having sum(i.document_amount) <> 0
),
stale as (
    select u.finding, u.example, u.currency, u.amount
    from rate_used as u
    asof inner join fx_rate_at($known_on) as r on r.currency = u.currency and r.rate_date <= u.day
    where
        $currency is null
        and u.currency <> reporting_currency_at($known_on)
        and date_diff('day', r.rate_date, u.day) > $rate_days
),
overpaid as (
    select o.document_id as example, abs(o.open_amount) as amount
    from open_document_at($as_of, $known_on, $currency, $entity, null) as o
    where o.open_amount * sign(o.amount) < 0
),
placeholder as (
    select i.customer_id as example, standing_sum(i.amount, i.weight) as amount
    from item_at($known_on, $currency, $entity, null) as i
    anti join customer_at($known_on) as c on c.customer_id = i.customer_id
    where i.post_date <= $as_of
    group by i.customer_id
    having sum(i.weight) <> 0
),
-- Days that were typed are held against each other; those of a file come one by one.
misordered as (
    select p.setting as example
    from step_days_at($known_on) as d
    cross join lateral (
        values
            ('step_formal_days', d.formal, d.friendly),
            ('step_final_days', d.final, d.formal),
            ('step_hand_over_days', d.hand_over, d.final)
    ) as p (setting, days, before)
    where p.days < p.before
),
cased as (
    select r.finding, r.example, r.amount, coalesce($currency, reporting_currency_at($known_on)) as currency
    from rated as r
    union all
    select 'overpaid_document', o.example, o.amount, coalesce($currency, reporting_currency_at($known_on))
    from overpaid as o
    union all
    select 'placeholder_customer', p.example, p.amount, coalesce($currency, reporting_currency_at($known_on))
    from placeholder as p
    union all
    select u.finding, u.example, u.amount, u.currency
    from unrated as u
    union all
    select s.finding, s.example, s.amount, s.currency
    from stale as s
    union all
    select u.finding, u.example, null, null
    from unknown as u
    union all
    select 'step_before_earlier', m.example, null, null
    from misordered as m
)
select
    c.finding,
    count(*) as count,
    cast(sum(c.amount) as decimal(38, 2)) as amount,
    min(c.example) as example,
    c.currency,
from cased as c
group by c.finding, c.currency
order by c.finding, c.currency
