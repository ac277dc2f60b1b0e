-- name: dso_bridge_segments
-- One row per customer segment behind the DSO bridge: weights, own DSO on both days, and what it added to each cause. A
-- segment without billings on one day takes its own DSO of the other; what it has open then counts under its own cause.
--
-- param as_of: DATE  last day of the bridge, D1
-- param from: DATE = null  first day of the bridge, D0; null: the end of the month before
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- returns segment: VARCHAR  the customers' segment; empty where none is given
-- returns weight_from: DOUBLE  its share of billings on the first day, 0 or more; 0 where it billed nothing, or less than was credited
-- returns weight_to: DOUBLE  the same on the last day
-- returns not_due_from: DOUBLE  its own DSO in invoices not yet due, first day; the other day's where it billed nothing
-- returns not_due_to: DOUBLE  the same on the last day
-- returns overdue_from: DOUBLE  its own DSO in overdue invoices, first day
-- returns overdue_to: DOUBLE  the same on the last day
-- returns credit_notes_from: DOUBLE  its own DSO in open credit notes (negative), first day
-- returns credit_notes_to: DOUBLE  the same on the last day
-- returns terms: DOUBLE  days this segment added to terms granted
-- returns delinquency: DOUBLE  days it added to delinquency
-- returns credit_notes: DOUBLE  days it added to credit notes
-- returns mix: DOUBLE  days its changed weight added
select bridge.*
from bridge_at(bridge_start($from, $as_of), $as_of, $known_on, $currency, $entity, $segment) as bridge
order by abs(bridge.terms) + abs(bridge.delinquency) + abs(bridge.credit_notes) + abs(bridge.mix) desc, bridge.segment
