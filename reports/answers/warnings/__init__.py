"""Early warnings, their journal and their mutes."""
