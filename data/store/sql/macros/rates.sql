-- An amount in the reporting currency, to the cent, half away from zero. Widened first: two decimals of 18 digits
-- multiply in 18 digits, and ten billion would overflow.
create or replace macro converted(in_amount, in_rate) as
    round(cast(in_amount as decimal(28, 2)) * in_rate, 2);

-- The reporting currency as it was known.
create or replace macro reporting_currency_at(in_known_on) as (
    select arg_max(base.currency, base.recorded_at)
    from reporting_currency as base
    where in_known_on is null or base.recorded_at <= in_known_on
);

-- The rows of a table or step, each with the rate that converts its amount into the currency shown: 1 where that is its
-- own currency, else the latest rate on or before the row's day; null where there is none.
-- in_rows names rows with a `currency` and a `rate_day`; in_currency: the currency shown, null for the reporting one.
create or replace macro with_rate(in_rows, in_known_on, in_currency) as table
select
    amounts.*,
    case
        when in_currency is not null or amounts.currency = reporting_currency_at(in_known_on)
            then cast(1 as decimal(18, 10))
        else rates.rate
    end as rate,
    case
        when in_currency is null and amounts.currency <> reporting_currency_at(in_known_on) then rates.rate_date
    end as rate_date,
from query_table(in_rows) as amounts
asof left join fx_rate_at(in_known_on) as rates
    on rates.currency = amounts.currency and rates.rate_date <= amounts.rate_day;
