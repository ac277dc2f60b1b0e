-- One row: after how many days each step of the follow-up is due, as set or else as usual; pre_due: before the due day.
create or replace macro step_days_at(in_known_on) as table
select
    coalesce(max(try_cast(setting.value as integer)) filter (setting.key = 'step_pre_due_days'), 5) as pre_due,
    coalesce(max(try_cast(setting.value as integer)) filter (setting.key = 'step_friendly_days'), 3) as friendly,
    coalesce(max(try_cast(setting.value as integer)) filter (setting.key = 'step_formal_days'), 14) as formal,
    coalesce(max(try_cast(setting.value as integer)) filter (setting.key = 'step_final_days'), 22) as final,
    coalesce(max(try_cast(setting.value as integer)) filter (setting.key = 'step_hand_over_days'), 45) as hand_over,
    coalesce(max(try_cast(setting.value as integer)) filter (setting.key = 'contact_gap_days'), 5) as gap,
from setting_at(in_known_on) as setting;

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

-- One row per case at a collection agency opened by the end of a day, as it stood then: closed_date is null and status
-- open while it runs, whatever came later.
create or replace macro agency_case_at(in_as_of, in_known_on) as table
select
    handover.* exclude (status, closed_date),
    case when handover.closed_date > in_as_of then 'open' else handover.status end as status,
    case when handover.closed_date <= in_as_of then handover.closed_date end as closed_date,
    still_runs(handover.closed_date, in_as_of) as is_open,
from collection_case_at(in_known_on) as handover
where handover.opened_date <= in_as_of;
