-- name: dso_methods
-- One row per way to count days, with the two amounts behind it.
-- Countback divides by no single amount: its denominator is the billings of the months walked, the last one whole.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- returns method: VARCHAR  countback, balance_90, best_possible, delinquent, days_to_pay, days_to_pay_with_open
-- returns days: DOUBLE  the answer of this method, in days; null where its denominator is not above 0
-- returns numerator: DECIMAL(38,2)  the numerator: an open amount (0.00 if customers are owed more than they owe), amount x days paid, or invoices closed
-- returns denominator: DECIMAL(38,2)  the denominator: billings, the amount paid, or invoices issued
-- returns explanation_key: VARCHAR  column of `kpi` the method is
with figures as (
    select kpi.* from kpi_on([$as_of], $known_on, $currency, $entity, $segment, null) as kpi
)
select
    measure.method,
    measure.days,
    cast(measure.numerator as decimal(38, 2)) as numerator,
    cast(measure.denominator as decimal(38, 2)) as denominator,
    measure.explanation_key,
from figures as kpi
cross join lateral (
    values
    (1, 'countback', kpi.dso_countback, kpi.owed_amount, kpi.counted_billings, 'dso_countback'),
    (2, 'balance_90', kpi.dso_balance_90, kpi.owed_amount, kpi.billings_90, 'dso_balance_90'),
    (3, 'best_possible', kpi.best_possible_dso, kpi.best_possible_amount, kpi.billings_90, 'best_possible_dso'),
    (4, 'delinquent', kpi.average_days_delinquent, kpi.delinquent_amount, kpi.billings_90, 'average_days_delinquent'),
    (5, 'days_to_pay', kpi.days_to_pay, kpi.paid_days_to_pay, kpi.paid_90, 'days_to_pay'),
    (6, 'days_to_pay_with_open', kpi.days_to_pay_with_open, kpi.closed_365, kpi.issued_365, 'days_to_pay_with_open')
) as measure (position, method, days, numerator, denominator, explanation_key)
order by measure.position
