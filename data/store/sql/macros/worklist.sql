-- A number among settings: that of an administration, else that of the company, else the usual one.
create or replace macro number_set(in_key, in_entity, in_usual) as
    coalesce(
        max(try_cast(setting.value as integer)) filter (setting.key = concat(in_key, '@', in_entity)),
        max(try_cast(setting.value as integer)) filter (setting.key = in_key),
        in_usual
    );

-- One row per row of a table or step, which names administrations each once by `entity`, with the days of their steps.
create or replace macro with_step_days(in_entities, in_known_on) as table
select
    book.entity,
    number_set('step_pre_due_days', book.entity, 5) as pre_due,
    number_set('step_friendly_days', book.entity, 3) as friendly,
    number_set('step_formal_days', book.entity, 14) as formal,
    number_set('step_final_days', book.entity, 22) as final,
    number_set('step_hand_over_days', book.entity, 45) as hand_over,
    number_set('contact_gap_days', book.entity, 5) as gap,
from query_table(in_entities) as book
left join setting_at(in_known_on) as setting on true
group by book.entity;

-- One row: after how many days each step of the follow-up is due, as set for an administration (null: the company) or
-- else as usual; pre_due: before the due day.
create or replace macro step_days_at(in_known_on, in_entity) as table
with book as (
    select coalesce(in_entity, '') as entity
)
select steps.* exclude (entity)
from with_step_days('book', in_known_on) as steps;

-- One row per kind of contact that is a step of the follow-up, and kind of customer where it matters (null: all), with
-- its rank. By law a consumer is handed over after a 14-day notice only: a final demand takes its place for others.
create or replace macro step_rank() as table
select steps.kind, steps.rank, steps.customer_type
from (
    values
        ('pre_due_reminder', 1, null),
        ('friendly_reminder', 2, null),
        ('formal_reminder', 3, null),
        ('final_demand', 3, 'consumer'),
        ('final_demand', 4, 'business'),
        ('final_demand', 4, 'public'),
        ('notice_14_days', 4, null),
        ('hand_over', 5, null)
) as steps (kind, rank, customer_type);

-- One row per customer with a contact by the end of a day: the day of the last one, either way, and that contact as
-- direction/channel/kind.
create or replace macro last_contact_at(in_as_of, in_known_on) as table
with last_day as (
    select contact.customer_id, max(contact.contact_date) as contact_date
    from contact_at(in_known_on) as contact
    where contact.contact_date <= in_as_of
    group by contact.customer_id
)
select
    last_day.customer_id,
    last_day.contact_date,
    max(concat(contact.direction, '/', contact.channel, '/', contact.kind)) as contact,
from last_day
inner join contact_at(in_known_on) as contact
    on contact.customer_id = last_day.customer_id and contact.contact_date = last_day.contact_date
group by last_day.customer_id, last_day.contact_date;

-- One row per case at a collection agency opened by the end of a day, as it stood then: closed_date is null and status
-- open while it runs, whatever came later. entity is '' where it is of all administrations.
create or replace macro agency_case_at(in_as_of, in_known_on) as table
select
    handover.* exclude (status, closed_date) replace (coalesce(handover.entity, '') as entity),
    case when handover.closed_date > in_as_of then 'open' else handover.status end as status,
    case when handover.closed_date <= in_as_of then handover.closed_date end as closed_date,
    -- A case that ended on a day nobody wrote down is over.
    still_runs(handover.closed_date, in_as_of)
    and (handover.closed_date is not null or handover.status = 'open') as is_open,
from collection_case_at(in_known_on) as handover
where handover.opened_date <= in_as_of;

-- One row per customer with five or more amounts that fell due in the 365 days to a day: the share paid in time, 0-1.
create or replace macro on_time_share_at(in_as_of, in_known_on) as table
select
    part.customer_id,
    cast(count(*) filter (part.is_on_time) as double) / cast(count(*) as double) as share,
from part_due_at(in_as_of, in_known_on, null, null, null) as part
group by part.customer_id
having count(*) >= 5;
