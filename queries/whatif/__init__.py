"""Questions about saved scenarios and the terms of bills."""
