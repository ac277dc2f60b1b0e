-- name: step_days
-- One row: after how many days each step of the follow-up is due, as set or else as usual.
--
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param entity: VARCHAR = null  steps of this administration; null: of the company
-- returns pre_due: INTEGER  days before the due date of the first reminder
-- returns friendly: INTEGER  days after the due date of the friendly reminder
-- returns formal: INTEGER  of the formal reminder
-- returns final: INTEGER  of the final demand or the 14-day notice
-- returns hand_over: INTEGER  of the hand-over
-- returns gap: INTEGER  days a customer is left alone after a contact
select steps.pre_due, steps.friendly, steps.formal, steps.final, steps.hand_over, steps.gap
from step_days_at($known_on, $entity) as steps
order by steps.pre_due
