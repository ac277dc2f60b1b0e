-- A rate as a whole number, in parts of ten billion.
create or replace macro in_parts(in_rate) as
    cast(cast(in_rate as decimal(28, 10)) * 10000000000 as hugeint);

-- An amount in another currency, to the cent, half away from zero: amount times rate by rate, in whole numbers, for a
-- quotient of decimals is a float.
create or replace macro at_cross_rate(in_amount, in_rate, in_other_rate) as
    cast(
        sign(in_amount) * (
            (
                2 * abs(cast(cast(in_amount as decimal(28, 2)) * 100 as hugeint)) * in_parts(in_rate)
                + in_parts(in_other_rate)
            ) // (2 * in_parts(in_other_rate))
        ) * cast(0.01 as decimal(3, 2)) as decimal(18, 2)
    );

-- One row per payment line in another currency than its document that settles it: by how much (settled_amount, in the
-- currency of the document: as stated, else at the rates of the payment day), and the realised exchange difference
-- (exchange_amount, in the reporting currency; null without rates): settled amount times the rate of the payment day
-- less that of the document. What comes back under its number as a whole undoes both. Without an amount or rates there
-- is no row.
create or replace macro cross_settlement_at(in_known_on) as table
with crossing_line as (
    select
        payment.payment_id,
        payment.invoice_id,
        payment.place,
        payment.payment_date,
        coalesce(payment.kind, 'payment') as kind,
        payment.amount,
        payment.settled_amount as stated_amount,
        document.currency as document_currency,
        document.invoice_date,
        payment.currency,
        payment.payment_date as rate_day,
    from settlement_at(in_known_on) as payment
    inner join invoice_at(in_known_on) as document
        on document.invoice_id = payment.invoice_id and document.currency <> payment.currency
),
line_with_rate as (
    select
        line.* exclude (currency, rate, rate_date),
        line.currency as paid_currency,
        line.rate as paid_rate,
        line.document_currency as currency,
    from with_rate('crossing_line', in_known_on, null) as line
),
line_with_rates as (
    select line.* exclude (rate, rate_date, rate_day), line.rate as settling_rate, line.invoice_date as rate_day
    from with_rate('line_with_rate', in_known_on, null) as line
),
settlement as (
    select
        line.* exclude (rate, rate_date, rate_day, currency),
        coalesce(line.stated_amount, at_cross_rate(line.amount, line.paid_rate, line.settling_rate)) as settled_amount,
        line.settling_rate - line.rate as rate_difference,
    from with_rate('line_with_rates', in_known_on, null) as line
),
undone as (
    select line.payment_id, line.invoice_id, line.place, max(paid.place) as paid_place,
    from settlement as line
    inner join settlement as paid
        on
            paid.payment_id = line.payment_id
            and paid.invoice_id = line.invoice_id
            and paid.paid_currency = line.paid_currency
            and paid.amount = -line.amount
            and paid.place < line.place
            and paid.payment_date <= line.payment_date
    where line.stated_amount is null
    group by line.payment_id, line.invoice_id, line.place
)
select
    line.payment_id,
    line.invoice_id,
    line.place,
    line.paid_currency,
    line.amount as paid_amount,
    line.document_currency,
    line.payment_date,
    greatest(line.payment_date, line.invoice_date) as applied_date,
    line.kind,
    cast(coalesce(-paid.settled_amount, line.settled_amount) as decimal(18, 2)) as settled_amount,
    case
        when is_receipt(line.kind)
            then cast(
                converted(
                    coalesce(-paid.settled_amount, line.settled_amount),
                    coalesce(paid.rate_difference, line.rate_difference)
                ) as decimal(18, 2)
            )
    end as exchange_amount,
from settlement as line
left join undone
    on
        undone.payment_id = line.payment_id
        and undone.invoice_id = line.invoice_id
        and undone.place = line.place
left join settlement as paid
    on
        paid.payment_id = undone.payment_id
        and paid.invoice_id = undone.invoice_id
        and paid.place = undone.paid_place
where coalesce(-paid.settled_amount, line.settled_amount) is not null;

-- One row per customer and administration whose total is 0.00 at the end of a day, documents in all currencies and
-- money on account together, in the reporting currency: nothing is to be asked of it, also where no credit is set off.
create or replace macro even_account_at(in_as_of, in_known_on) as table
select item.customer_id, item.entity
from item_at(in_known_on, null, null, null) as item
where item.post_date <= in_as_of
group by item.customer_id, item.entity
having sum(item.amount) = 0 and coalesce(sum(item.document_amount) filter (item.amount is null), 0) = 0;
