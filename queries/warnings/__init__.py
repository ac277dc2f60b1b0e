"""Questions about signals, mutes and what the rules look at."""
