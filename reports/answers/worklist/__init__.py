"""The worklist, its reminders and the settings of dunning."""
