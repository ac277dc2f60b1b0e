"""Questions about batches, rejects, findings and whether the books tie out."""
