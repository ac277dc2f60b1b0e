"""Bank statements of the demo company: of its bookkeeping, and a noisy file with the truth beside it."""
