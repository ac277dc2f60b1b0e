-- Disputes that are open at the end of a day: opened by then, not closed by then.
create or replace macro open_dispute_at(in_as_of, in_known_on) as table
select d.*
from dispute_at(in_known_on) as d
where d.opened_date <= in_as_of and (d.closed_date is null or d.closed_date > in_as_of);
