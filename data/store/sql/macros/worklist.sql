-- After how many days each step of the follow-up is due, as set or else as usual; the first: before the due day.
create or replace macro step_days_at(in_known_on) as table
select
    coalesce(max(try_cast(s.value as integer)) filter (s.key = 'step_pre_due_days'), 5) as pre_due,
    coalesce(max(try_cast(s.value as integer)) filter (s.key = 'step_friendly_days'), 3) as friendly,
    coalesce(max(try_cast(s.value as integer)) filter (s.key = 'step_formal_days'), 14) as formal,
    coalesce(max(try_cast(s.value as integer)) filter (s.key = 'step_final_days'), 22) as final,
    coalesce(max(try_cast(s.value as integer)) filter (s.key = 'step_hand_over_days'), 45) as hand_over,
    coalesce(max(try_cast(s.value as integer)) filter (s.key = 'contact_gap_days'), 5) as gap,
from setting_at(in_known_on) as s;
