"""Questions about the step each open invoice is up to."""
