-- Easter Sunday by the Gregorian rule of Gauss and Oudin; the four macros above it are its steps.
create or replace macro lunar_year(in_year) as
    in_year % 19;

create or replace macro lunar_correction(in_year) as
    in_year // 100 - in_year // 400 - (8 * (in_year // 100) + 13) // 25 + 15;

create or replace macro days_to_full_moon(in_year) as
    (lunar_correction(in_year) + 19 * lunar_year(in_year)) % 30;

create or replace macro paschal_moon(in_year) as
    days_to_full_moon(in_year)
    - (days_to_full_moon(in_year) // 28)
    * (1 - (29 // (days_to_full_moon(in_year) + 1)) * ((21 - lunar_year(in_year)) // 11));

create or replace macro easter_sunday(in_year) as
    make_date(cast(in_year as bigint), 3, 28) + cast(
        paschal_moon(in_year)
        - (in_year + in_year // 4 + paschal_moon(in_year) + 2 - in_year // 100 + in_year // 400) % 7 as integer
    );

-- The King's birthday: 27 April since 2014, before that 30 April of the Queen; the day before where it is a Sunday, and
-- of the Queen too.
create or replace macro kings_day(in_year) as
    case
        when isodow(make_date(cast(in_year as bigint), 4, case when in_year < 2014 then 30 else 27 end)) = 7
            then make_date(cast(in_year as bigint), 4, case when in_year < 2014 then 29 else 26 end)
        else make_date(cast(in_year as bigint), 4, case when in_year < 2014 then 30 else 27 end)
    end;

-- Whether a day is a Dutch public holiday: New Year, Good Friday, Easter, King's Day, Liberation Day in years that five
-- divides, Ascension, Whitsun, Christmas.
create or replace macro is_public_holiday(in_day) as
    strftime(in_day, '%m-%d') in ('01-01', '12-25', '12-26')
    or (strftime(in_day, '%m-%d') = '05-05' and year(in_day) % 5 = 0)
    or in_day = kings_day(year(in_day))
    or date_diff('day', easter_sunday(year(in_day)), in_day) in (-2, 0, 1, 39, 49, 50);

-- Whether a channel, as typed, brings a message on the day it is sent; any other word is taken to be post, the slowest.
create or replace macro is_electronic(in_channel) as
    regexp_full_match(
        lower(trim(in_channel)),
        '(e[- ]?mail|sms|text message|whats ?app|app|chat|fax|portal|portaal|online|digital|digitaal|electronic|'
        || 'elektronisch|berichtenbox|peppol|pdf)'
    );

-- The last of the fourteen days that a notice gives, counted from the day after its receipt (ECLI:NL:HR:2016:2704).
create or replace macro notice_end(in_received_date) as
    in_received_date + 14;

-- One row per rule of delivery: published ones, and those of the setting, which come before them from their own day on.
create or replace macro delivery_rule_at(in_known_on) as table
select rule.valid_from, rule.delivery_day, string_split(rule.weekdays, ' ') as weekdays, false as is_set
from published_delivery_rule() as rule
union all
select
    cast(entry.words[1] as date) as valid_from,
    cast(entry.words[2] as bigint) as delivery_day,
    entry.words[3:] as weekdays,
    true as is_set,
from (
    select string_split(unnest(string_split(setting.value, '; ')), ' ') as words
    from setting_at(in_known_on) as setting
    where setting.key = 'post_delivery' and setting.value is not null
) as entry;

-- The rows of a table or step that names messages, each with the day it counts as received: the day recorded, else for
-- an electronic message the day it was sent, else by the rule of delivery of that day.
-- in_rows names rows with a `contact_date`, a `channel` and a `received_date`, which is null where none is recorded.
create or replace macro with_receipt(in_rows, in_known_on) as table
with posting_day as (
    select message.contact_date as day
    from query_table(in_rows) as message
    where message.received_date is null and not is_electronic(message.channel)
    group by message.contact_date
),
rule_of_day as (
    select
        posting.day,
        -- Before the first rule there was none to follow; the oldest is as good as any.
        coalesce(
            max({'is_set': rule.is_set, 'valid_from': rule.valid_from, 'ordinal': rule.delivery_day,
                'weekdays': rule.weekdays}) filter (rule.valid_from <= posting.day),
            min({'is_set': rule.is_set, 'valid_from': rule.valid_from, 'ordinal': rule.delivery_day,
                'weekdays': rule.weekdays}) filter (not rule.is_set)
        ) as rule,
    from posting_day as posting
    cross join delivery_rule_at(in_known_on) as rule
    group by posting.day
),
day_after_posting as (
    select posting.day, posting.rule, posting.day + cast(unnest(range(1, 60)) as integer) as delivery_day
    from rule_of_day as posting
),
delivery as (
    select
        later.day,
        later.rule.ordinal as ordinal,
        later.delivery_day,
        row_number() over (partition by later.day order by later.delivery_day) as place,
    from day_after_posting as later
    where
        list_contains(later.rule.weekdays, lower(left(dayname(later.delivery_day), 3)))
        and not is_public_holiday(later.delivery_day)
)
select
    message.* exclude (received_date),
    coalesce(
        message.received_date,
        case when is_electronic(message.channel) then message.contact_date end,
        delivery.delivery_day
    ) as received_date,
from query_table(in_rows) as message
left join delivery on delivery.day = message.contact_date and delivery.place = delivery.ordinal;
