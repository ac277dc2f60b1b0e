-- Whether something that ends on a day, or has no end yet (null), still runs at the end of another day.
create or replace macro still_runs(in_end_date, in_day) as
    in_end_date is null or in_end_date > in_day;

-- One row per day of a list, each day once.
create or replace macro day_in(in_days) as table
select distinct unnest(in_days) as day;
