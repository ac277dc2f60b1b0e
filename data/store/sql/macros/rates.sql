-- An amount in the reporting currency, to the cent, half away from zero. Widened first: two decimals of 18 digits
-- multiply in 18 digits, and ten billion would overflow.
create or replace macro converted(in_amount, in_rate) as
    round(cast(in_amount as decimal(28, 2)) * in_rate, 2);

create or replace macro reporting_currency_at(in_known_on) as (
    select arg_max(r.currency, r.recorded_at)
    from reporting_currency as r
    where in_known_on is null or r.recorded_at <= in_known_on
);
