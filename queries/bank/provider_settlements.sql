-- name: provider_settlements
-- One row per payout of a payment provider and currency, by day: what customers paid, what was taken off, what the lines
-- come to and what was paid out.
--
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- returns provider: VARCHAR  such as Stripe
-- returns payout_id: VARCHAR  what the provider calls the payout
-- returns payout_date: DATE  day of the payout; null where no line says it
-- returns currency: VARCHAR  of all amounts
-- returns charges: BIGINT  payments of customers in it
-- returns gross: DECIMAL(18,2)  what customers paid
-- returns refunds: DECIMAL(18,2)  what was paid back to them, below 0
-- returns chargebacks: DECIMAL(18,2)  what their banks took back, below 0; above 0 what came back of it
-- returns adjustments: DECIMAL(18,2)  all else
-- returns fees: DECIMAL(18,2)  what the provider charged, below 0
-- returns net: DECIMAL(18,2)  what all of these come to
-- returns payout: DECIMAL(18,2)  what was paid out; null where no line says it
-- returns difference: DECIMAL(18,2)  the payout less the net; null where no line says what was paid out
select
    payout.provider,
    payout.payout_id,
    payout.payout_date,
    payout.currency,
    payout.charges,
    payout.gross,
    payout.refunds,
    payout.chargebacks,
    payout.adjustments,
    payout.fees,
    payout.net,
    payout.payout,
    payout.difference,
from provider_payout_at($known_on) as payout
order by payout.payout_date, payout.provider, payout.payout_id, payout.currency
