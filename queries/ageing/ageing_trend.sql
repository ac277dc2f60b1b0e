-- name: ageing_trend
-- One row per week end (Sunday), month end or seventh day: what was open on that day, by days past the due date then.
-- Each row equals the ageing of its day; a week or month that is not over on the last day gives no row.
--
-- param as_of: DATE  last day that may be shown
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- param from: DATE = null  first day; null: 26 weeks or 24 months
-- param to: DATE = null  last day; null: as_of
-- param every: VARCHAR = week  week, month, or rolling: every seven days back from the last day
-- param limits: INTEGER[] = 30,60,90  last day of each bucket but the final one
-- param basis: VARCHAR = due  age counts from the due date (due) or the invoice date (invoice)
-- param credits: VARCHAR = in  credit notes and overpayments stand in the buckets (in) or in a column of their own (apart)
-- returns as_of: DATE  end of the week (Sunday) or month, or the seventh day
-- returns bucket_0: DECIMAL(38,2)  not due yet
-- returns bucket_1: DECIMAL(38,2)  1 day to the first limit
-- returns bucket_2: DECIMAL(38,2)  up to the second limit
-- returns bucket_3: DECIMAL(38,2)  up to the third limit
-- returns bucket_4: DECIMAL(38,2)  up to the fourth limit
-- returns bucket_5: DECIMAL(38,2)  up to the fifth limit
-- returns bucket_6: DECIMAL(38,2)  up to the sixth limit
-- returns bucket_7: DECIMAL(38,2)  up to the seventh limit
-- returns bucket_8: DECIMAL(38,2)  up to the eighth limit
-- returns bucket_9: DECIMAL(38,2)  beyond the last limit
-- returns credits: DECIMAL(38,2)  only with credits apart: credit notes and overpayments, negative
-- returns unapplied: DECIMAL(38,2)  money on account, negative
-- returns total: DECIMAL(38,2)  all of it
--
-- shape: bucket_columns
with span as (
    select
        $every = 'month' as is_month,
        $every = 'rolling' as is_rolling,
        least(coalesce($to, $as_of), $as_of) as last_day,
),
last_point as (
    select
        span.is_month,
        span.is_rolling,
        case
            when span.is_rolling then span.last_day
            when not span.is_month then span.last_day - cast(isodow(span.last_day) % 7 as integer)
            when span.last_day = last_day(span.last_day) then span.last_day
            else cast(date_trunc('month', span.last_day) as date) - 1
        end as day,
    from span
),
first_point as (
    select
        last.is_month,
        last.day as last_day,
        case
            when last.is_month then last_day(coalesce($from, cast(last.day - interval 23 month as date)))
            when $from is null then last.day - 175
            when last.is_rolling then last.day - cast(7 * (date_diff('day', $from, last.day) // 7) as integer)
            else $from + cast((7 - isodow($from)) as integer)
        end as day,
    from last_point as last
),
point as (
    select
        numbers.number,
        case
            when first.is_month then last_day(cast(first.day + to_months(cast(numbers.number as integer)) as date))
            else first.day + cast(7 * numbers.number as integer)
        end as day,
    from first_point as first
    cross join
        range(
            0,
            case
                when first.is_month then date_diff('month', first.day, first.last_day) + 1
                else date_diff('day', first.day, first.last_day) // 7 + 1
            end
        ) as numbers (number)
),
source_amount as (
    select balance.post_date, balance.due_date as age_date, false as is_credit, balance.amount
    from balance_day_at($known_on, $currency, $entity, $segment) as balance
    where $basis <> 'invoice'
    union all
    select
        item.post_date,
        case when item.due_date is not null then item.invoice_date end as age_date,
        false as is_credit,
        item.amount,
    from item_at($known_on, $currency, $entity, $segment) as item
    where $basis = 'invoice'
    union all
    -- Out of the bucket it stands in, and into the column of credits, where it has no age.
    select
        credit.post_date,
        case when sides.is_credit then null else aged_from($basis, credit.invoice_date, credit.due_date) end as age_date,
        sides.is_credit,
        case when sides.is_credit then credit.amount else -credit.amount end as amount,
    from credit_change_at($known_on, $currency, $entity, $segment) as credit
    cross join (values (false), (true)) as sides (is_credit)
    where $credits = 'apart'
),
-- From here on a day is the number of the first point on or after it: an event between two points shows at the later.
amount_by_post_point as (
    select
        case
            when first.is_month then greatest(0, date_diff('month', first.day, source.post_date))
            else greatest(0, (date_diff('day', first.day, source.post_date) + 6) // 7)
        end as post_number,
        source.age_date,
        source.is_credit,
        first.day as first_day,
        first.is_month,
        sum(source.amount) as amount,
    from source_amount as source
    cross join first_point as first
    group by all
),
-- Bucket b begins $limits[b - 1] + 1 days after the age date. The amounts that have begun it by a point, less those
-- that have begun the next bucket, are in it: one event per bucket instead of one row per point.
bucket_begin as (
    select
        posted.post_number,
        posted.age_date,
        posted.amount,
        numbers.bucket,
        posted.age_date
        + cast(case when numbers.bucket = 1 then 1 else $limits[numbers.bucket - 1] + 1 end as integer) as begin_date,
        posted.first_day,
        posted.is_month,
    from amount_by_post_point as posted
    cross join range(1, len($limits) + 2) as numbers (bucket)
    where posted.age_date is not null
),
amount_event as (
    select
        greatest(
            begin.post_number,
            case
                when begin.is_month then date_diff('month', begin.first_day, begin.begin_date)
                else (date_diff('day', begin.first_day, begin.begin_date) + 6) // 7
            end
        ) as number,
        begin.bucket,
        sum(begin.amount) as amount,
    from bucket_begin as begin
    group by all
    union all
    select
        posted.post_number as number,
        case when posted.is_credit then -2 when posted.age_date is null then -1 else 0 end as bucket,
        sum(posted.amount) as amount,
    from amount_by_post_point as posted
    group by all
),
events_of_point as (
    select
        event.number,
        sum(event.amount) filter (event.bucket = 0) as begun_0,
        sum(event.amount) filter (event.bucket = 1) as begun_1,
        sum(event.amount) filter (event.bucket = 2) as begun_2,
        sum(event.amount) filter (event.bucket = 3) as begun_3,
        sum(event.amount) filter (event.bucket = 4) as begun_4,
        sum(event.amount) filter (event.bucket = 5) as begun_5,
        sum(event.amount) filter (event.bucket = 6) as begun_6,
        sum(event.amount) filter (event.bucket = 7) as begun_7,
        sum(event.amount) filter (event.bucket = 8) as begun_8,
        sum(event.amount) filter (event.bucket = 9) as begun_9,
        sum(event.amount) filter (event.bucket = -2) as credits,
        sum(event.amount) filter (event.bucket = -1) as unapplied,
    from amount_event as event
    group by event.number
),
sums_to_point as (
    select
        point.day as as_of,
        coalesce(sum(events.begun_0) over (order by point.number), 0) as begun_0,
        coalesce(sum(events.begun_1) over (order by point.number), 0) as begun_1,
        coalesce(sum(events.begun_2) over (order by point.number), 0) as begun_2,
        coalesce(sum(events.begun_3) over (order by point.number), 0) as begun_3,
        coalesce(sum(events.begun_4) over (order by point.number), 0) as begun_4,
        coalesce(sum(events.begun_5) over (order by point.number), 0) as begun_5,
        coalesce(sum(events.begun_6) over (order by point.number), 0) as begun_6,
        coalesce(sum(events.begun_7) over (order by point.number), 0) as begun_7,
        coalesce(sum(events.begun_8) over (order by point.number), 0) as begun_8,
        coalesce(sum(events.begun_9) over (order by point.number), 0) as begun_9,
        coalesce(sum(events.credits) over (order by point.number), 0) as credits,
        coalesce(sum(events.unapplied) over (order by point.number), 0) as unapplied,
    from point
    left join events_of_point as events on events.number = point.number
)
select
    sums.as_of,
    sums.begun_0 - sums.begun_1 as bucket_0,
    sums.begun_1 - sums.begun_2 as bucket_1,
    sums.begun_2 - sums.begun_3 as bucket_2,
    sums.begun_3 - sums.begun_4 as bucket_3,
    sums.begun_4 - sums.begun_5 as bucket_4,
    sums.begun_5 - sums.begun_6 as bucket_5,
    sums.begun_6 - sums.begun_7 as bucket_6,
    sums.begun_7 - sums.begun_8 as bucket_7,
    sums.begun_8 - sums.begun_9 as bucket_8,
    sums.begun_9 as bucket_9,
    sums.credits,
    sums.unapplied,
    sums.begun_0 + sums.credits + sums.unapplied as total,
from sums_to_point as sums
order by sums.as_of
