-- name: kpi_customers
-- One row per customer with anything billed, open or on account: the figures of `kpi`, of that customer alone.
-- What has no customer (the ten largest, suppliers, stock) is left out. The largest overdue first.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- param customer: VARCHAR = null  only this customer
-- returns customer_id: VARCHAR  the customer
-- returns customer_name: VARCHAR  its name, or its id where it is not in the customer list
-- returns receivables: DECIMAL(38,2)  open amounts less money on account, incl. VAT
-- returns open_amount: DECIMAL(38,2)  open amounts of all documents; credit notes count negative
-- returns unapplied: DECIMAL(38,2)  money on account, negative
-- returns overdue: DECIMAL(38,2)  open amounts of invoices past their due date; the due day itself is not overdue; credit notes and overpayments have no overdue
-- returns overdue_share: DOUBLE  overdue part of what is open on invoices, credit notes and overpayments left out, 0-1; null if none is
-- returns d90_plus_share: DOUBLE  part of what is open on invoices more than 90 days past due, 0-1
-- returns dso_countback: DOUBLE  days of sales outstanding: calendar months of billings walked back until they add up to the open amounts, 0 or more
-- returns dso_balance_90: DOUBLE  days: open amounts / billings of the 90 days x 90, 0 or more; null where billings are not above 0
-- returns best_possible_dso: DOUBLE  days: open amounts less overdue / billings of the 90 days x 90, 0 or more; null where billings are not above 0
-- returns average_days_delinquent: DOUBLE  days: dso_balance_90 less best_possible_dso, 0 or more
-- returns cei: DOUBLE  collection effectiveness over the calendar month to the day, of 100: (opening + billings - open) / (opening + billings - not due), 0-100; null where billings are not above 0
-- returns days_to_pay: DOUBLE  mean days from invoice date to payment, by amount, over payments of the 90 days
-- returns days_late: DOUBLE  mean days from due date to payment, by amount, over payments of the 90 days; early is negative
-- returns days_to_pay_with_open: DOUBLE  Kaplan-Meier median days from invoice date to closing, invoices of the 365 days, open ones censored, 0 or more; null if more than half is open
-- returns days_late_with_open: DOUBLE  the same from the due date
-- returns on_time_share: DOUBLE  of the amounts that fell due in the 90 days, the part settled on or before the due date, 0-1
-- returns ar_turnover: DOUBLE  billings of the 365 days / mean of receivables at their beginning and end, times a year; null where one of the two is below 0
-- returns promise_kept_share: DOUBLE  promises kept of all due by then, by count, 0-1; settled in full from the day made to the day promised
-- returns promise_kept_amount_share: DOUBLE  the same by amount, 0-1
-- returns dispute_rate: DOUBLE  amount disputed in the 90 days / billings of the 90 days, 0 or more; null where billings are not above 0
-- returns days_disputed: DOUBLE  mean days from opening to closing, disputes closed in the 365 days, 0 or more
-- returns days_disputed_open: DOUBLE  mean age in days of disputes still open, 0 or more
-- returns billings_90: DECIMAL(38,2)  invoices less credit notes of the 90 days, incl. VAT; a cancellation counts negative on its day
-- returns billings_365: DECIMAL(38,2)  the same over 365 days
with posted_item as materialized (
    select item.*
    from item_at($known_on, $currency, $entity, $segment) as item
    where item.post_date <= $as_of and ($customer is null or item.customer_id = $customer)
),
amount_of_customer as (
    select
        item.customer_id,
        sum(item.amount) as receivables,
        coalesce(sum(item.amount) filter (item.due_date is null), 0) as unapplied,
        coalesce(sum(item.amount) filter (item.due_date is not null), 0) as open_amount,
        coalesce(sum(item.amount) filter (item.post_date <= $as_of - 365), 0) as year_ago,
        coalesce(
            sum(item.amount) filter (item.due_date is not null and item.post_date < date_trunc('month', $as_of)), 0
        ) as opening_amount,
        coalesce(sum(item.amount) filter (is_billing(item.kind) and item.post_date > $as_of - 90), 0) as billings_90,
        coalesce(sum(item.amount) filter (is_billing(item.kind) and item.post_date > $as_of - 365), 0)
            as billings_365,
        coalesce(
            sum(item.amount) filter (is_billing(item.kind) and item.post_date >= date_trunc('month', $as_of)), 0
        ) as billings_month,
    from posted_item as item
    group by item.customer_id
    having sum(item.weight) <> 0 or sum(item.amount) <> 0
),
part_on_day as materialized (
    select
        item.customer_id,
        item.document_id,
        item.instalment,
        item.invoice_type,
        item.invoice_date,
        item.due_date,
        item.post_date,
        sum(item.amount) as amount,
        sum(item.document_amount) as document_amount,
        coalesce(sum(item.weight) filter (is_document(item.kind)), 0) as documents,
        coalesce(sum(item.weight) filter (is_listed(item.kind)), 0) as listed,
    from posted_item as item
    where item.due_date is not null
    group by all
    having sum(item.weight) <> 0 or sum(item.document_amount) <> 0
),
open_part as (
    select part.customer_id, part.invoice_type, part.due_date, sum(part.amount) as amount
    from part_on_day as part
    group by part.customer_id, part.document_id, part.instalment, part.invoice_type, part.due_date
),
overdue_of_customer as (
    select
        part.customer_id,
        coalesce(sum(part.amount) filter (part.invoice_type = 'invoice' and part.amount > 0), 0) as invoices_open,
        coalesce(sum(part.amount) filter (is_overdue(part.invoice_type, part.amount, part.due_date, $as_of)), 0)
            as overdue,
        coalesce(
            sum(part.amount) filter (is_overdue(part.invoice_type, part.amount, part.due_date, $as_of - 90)), 0
        ) as d90_plus,
    from open_part as part
    group by part.customer_id
),
-- Days of sales outstanding by countback, as in countback_on.
billing_day as (
    select
        item.customer_id,
        item.post_date,
        sum(item.amount) as amount,
        coalesce(sum(item.weight) filter (item.kind = 'invoice'), 0) as invoices,
    from posted_item as item
    where is_billing(item.kind)
    group by item.customer_id, item.post_date
),
billing_month as (
    select
        billing.customer_id,
        cast(date_trunc('month', billing.post_date) as date) as month_start,
        sum(billing.amount) as amount,
    from billing_day as billing
    group by all
),
month_walked as (
    select
        amounts.customer_id,
        amounts.open_amount as rest,
        cast(unnest(generate_series(
            date_trunc('month', first.day), date_trunc('month', $as_of), interval 1 month
        )) as date) as month_start,
    from amount_of_customer as amounts
    inner join (
        select billing.customer_id, min(billing.post_date) as day
        from billing_day as billing
        where billing.invoices > 0
        group by billing.customer_id
    ) as first on first.customer_id = amounts.customer_id
    where amounts.open_amount > 0
),
billings_so_far as (
    select
        month.customer_id,
        month.rest,
        month.month_start,
        date_diff('day', month.month_start, least(last_day(month.month_start), $as_of)) + 1 as month_days,
        coalesce(billing.amount, 0) as amount,
        sum(coalesce(billing.amount, 0)) over back as amount_so_far,
        sum(date_diff('day', month.month_start, least(last_day(month.month_start), $as_of)) + 1) over back
            as days_so_far,
    from month_walked as month
    left join billing_month as billing
        on billing.customer_id = month.customer_id and billing.month_start = month.month_start
    window back as (partition by month.customer_id order by month.month_start desc)
),
countback_of_customer as (
    select
        month.customer_id,
        coalesce(
            max_by(
                month.days_so_far - month.month_days
                + (month.rest - (month.amount_so_far - month.amount)) / nullif(month.amount, 0) * month.month_days,
                month.month_start
            ) filter (month.amount_so_far >= month.rest),
            cast(sum(month.month_days) as double)
        ) as days,
    from billings_so_far as month
    group by month.customer_id
),
-- What remained paid of payments: what came back by the day is taken off.
payment_of_customer as (
    select
        item.customer_id,
        -sum(item.amount) as amount,
        -sum(item.amount * date_diff('day', item.invoice_date, item.event_date)) as amount_days_to_pay,
        -sum(item.amount * date_diff('day', item.due_date, item.event_date)) as amount_days_late,
    from standing_item_at($as_of, $known_on, $currency, $entity, $segment) as item
    where
        is_payment(item.kind)
        and item.invoice_type = 'invoice'
        and item.due_date is not null
        and item.event_date > $as_of - 90
        and item.event_date <= $as_of
        and ($customer is null or item.customer_id = $customer)
    group by item.customer_id
),
part_due as (
    select part.*
    from receivable_at($known_on, $currency, $entity, $segment) as part
    where
        part.invoice_type = 'invoice'
        and coalesce(part.amount, 0) >= 0
        and part.due_date > $as_of - 90
        and part.due_date <= $as_of
        and part.invoice_date <= $as_of
        and still_runs(part.listed_date, $as_of)
        and ($customer is null or part.customer_id = $customer)
),
on_time_of_customer as (
    select due.customer_id, sum(due.amount_due) as amount_due, sum(due.amount_on_time) as amount_on_time
    from (
        select part.customer_id, part.amount_due, part.amount_on_time
        from part_due as part
        union all
        select part.customer_id, 0 as amount_due, change.amount_on_time
        from part_due as part
        inner join on_time_change_at($as_of, $known_on, $currency) as change
            on change.document_id = part.document_id and change.instalment = part.instalment
    ) as due
    group by due.customer_id
),
-- Medians with open invoices counted, as in survival_on: parts of invoices of the 365 days, since when each is closed.
part_state as (
    select
        part.*,
        sum(part.document_amount) over by_day as open_amount,
        sum(part.documents) over by_day as documents_so_far,
    from part_on_day as part
    where part.invoice_type = 'invoice' and part.invoice_date > $as_of - 365 and part.invoice_date <= $as_of
    window by_day as (partition by part.document_id, part.instalment order by part.post_date)
),
part_last_open as (
    select
        state.*,
        max(state.post_date) filter (state.open_amount > 0) over (
            partition by state.document_id, state.instalment
        ) as last_open_day,
    from part_state as state
),
part_closed as (
    select
        part.customer_id,
        any_value(part.invoice_date) as invoice_date,
        any_value(part.due_date) as due_date,
        min(part.post_date) filter (
            part.last_open_day is null or part.post_date > part.last_open_day
        ) as closed_date,
    from part_last_open as part
    group by part.customer_id, part.document_id, part.instalment
    having arg_max(part.documents_so_far, part.post_date) > 0 and sum(part.listed) = 0
),
parts_by_age as (
    select
        aged.customer_id,
        aged.measure,
        aged.age,
        count(*) as parts,
        count(*) filter (aged.is_closed) as closed_parts,
    from (
        select
            part.customer_id, 'to_pay' as measure, part.closed_date is not null as is_closed,
            date_diff('day', part.invoice_date, coalesce(part.closed_date, $as_of)) as age,
        from part_closed as part
        union all
        select
            part.customer_id, 'late' as measure, part.closed_date is not null as is_closed,
            date_diff('day', part.due_date, coalesce(part.closed_date, $as_of)) as age,
        from part_closed as part
    ) as aged
    group by aged.customer_id, aged.measure, aged.age
),
survival_curve as (
    select
        at_risk.customer_id,
        at_risk.measure,
        at_risk.age,
        product(1 - at_risk.closed_parts / at_risk.parts_at_risk) over (
            partition by at_risk.customer_id, at_risk.measure order by at_risk.age
        ) as share_left,
    from (
        select
            by_age.*,
            sum(by_age.parts) over (
                partition by by_age.customer_id, by_age.measure order by by_age.age desc
            ) as parts_at_risk,
        from parts_by_age as by_age
    ) as at_risk
),
median_of_customer as (
    select
        curve.customer_id,
        -- The slack allows for a product of fractions that differs from one half in its last binary digit.
        cast(min(curve.age) filter (curve.measure = 'to_pay' and curve.share_left <= 0.5 + 1e-12) as double)
            as days_to_pay_with_open,
        cast(min(curve.age) filter (curve.measure = 'late' and curve.share_left <= 0.5 + 1e-12) as double)
            as days_late_with_open,
    from survival_curve as curve
    group by curve.customer_id
),
customer_of_document as (
    select item.document_id, any_value(item.customer_id) as customer_id
    from posted_item as item
    where is_document(item.kind)
    group by item.document_id
    having sum(item.weight) > 0
),
record_of_customer as (
    select document.customer_id, record.*
    from follow_up_at($known_on, $currency, $entity, $segment) as record
    inner join customer_of_document as document on document.document_id = record.invoice_id
    where record.start_date <= $as_of
),
promise_of_customer as (
    select
        promise.customer_id,
        count(*) filter (promise.is_kept) / count(*) as kept_share,
        coalesce(sum(promise.amount) filter (promise.is_kept), 0) / nullif(sum(promise.amount), 0)
            as kept_amount_share,
    from record_of_customer as promise
    where
        promise.kind = 'promise'
        and promise.is_kept is not null
        and promise.end_date <= $as_of
        and promise.known_from <= $as_of
        and still_runs(promise.known_until, $as_of)
    group by promise.customer_id
),
dispute_of_customer as (
    select
        dispute.customer_id,
        coalesce(sum(dispute.amount) filter (dispute.start_date > $as_of - 90), 0) as amount_90,
        avg(date_diff('day', dispute.start_date, dispute.end_date)) filter (
            dispute.end_date > $as_of - 365 and dispute.end_date <= $as_of
        ) as days_disputed,
        avg(date_diff('day', dispute.start_date, $as_of)) filter (still_runs(dispute.end_date, $as_of))
            as days_disputed_open,
    from record_of_customer as dispute
    where dispute.kind = 'dispute'
    group by dispute.customer_id
),
dso_of_customer as (
    select
        amounts.*,
        coalesce(overdue.invoices_open, 0) as invoices_open,
        coalesce(overdue.overdue, 0) as overdue,
        coalesce(overdue.d90_plus, 0) as d90_plus,
        greatest(0, amounts.open_amount) as owed_amount,
        amounts.open_amount - coalesce(overdue.overdue, 0) as not_due,
        greatest(0, amounts.open_amount - coalesce(overdue.overdue, 0)) as best_possible_amount,
    from amount_of_customer as amounts
    left join overdue_of_customer as overdue on overdue.customer_id = amounts.customer_id
)
select
    dso.customer_id,
    coalesce(customer.customer_name, dso.customer_id) as customer_name,
    cast(dso.receivables as decimal(38, 2)) as receivables,
    cast(dso.open_amount as decimal(38, 2)) as open_amount,
    cast(dso.unapplied as decimal(38, 2)) as unapplied,
    cast(dso.overdue as decimal(38, 2)) as overdue,
    dso.overdue / above_zero(dso.invoices_open) as overdue_share,
    dso.d90_plus / above_zero(dso.invoices_open) as d90_plus_share,
    case when dso.open_amount <= 0 then 0 else coalesce(walked.days, 0) end as dso_countback,
    dso.owed_amount / above_zero(dso.billings_90) * 90 as dso_balance_90,
    dso.best_possible_amount / above_zero(dso.billings_90) * 90 as best_possible_dso,
    (dso.owed_amount - dso.best_possible_amount) / above_zero(dso.billings_90) * 90 as average_days_delinquent,
    case
        when dso.billings_month > 0
            then
                greatest(0, dso.opening_amount + dso.billings_month - dso.open_amount)
                / above_zero(dso.opening_amount + dso.billings_month - dso.not_due) * 100
    end as cei,
    payment.amount_days_to_pay / nullif(payment.amount, 0) as days_to_pay,
    payment.amount_days_late / nullif(payment.amount, 0) as days_late,
    median.days_to_pay_with_open,
    median.days_late_with_open,
    due.amount_on_time / nullif(due.amount_due, 0) as on_time_share,
    case
        when dso.billings_365 >= 0 then dso.billings_365 / above_zero((dso.year_ago + dso.receivables) / 2)
    end as ar_turnover,
    promise.kept_share as promise_kept_share,
    promise.kept_amount_share as promise_kept_amount_share,
    coalesce(dispute.amount_90, 0) / above_zero(dso.billings_90) as dispute_rate,
    dispute.days_disputed,
    dispute.days_disputed_open,
    cast(dso.billings_90 as decimal(38, 2)) as billings_90,
    cast(dso.billings_365 as decimal(38, 2)) as billings_365,
from dso_of_customer as dso
left join customer_at($known_on) as customer on customer.customer_id = dso.customer_id
left join countback_of_customer as walked on walked.customer_id = dso.customer_id
left join payment_of_customer as payment on payment.customer_id = dso.customer_id
left join on_time_of_customer as due on due.customer_id = dso.customer_id
left join median_of_customer as median on median.customer_id = dso.customer_id
left join promise_of_customer as promise on promise.customer_id = dso.customer_id
left join dispute_of_customer as dispute on dispute.customer_id = dso.customer_id
order by dso.overdue desc, dso.open_amount desc, dso.customer_id
