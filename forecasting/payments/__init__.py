"""When a document is paid: hazards per customer, payment schedules, the calendar, arrangements."""
