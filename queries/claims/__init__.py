"""Questions about claims with interest and collection costs, and agency cases."""
