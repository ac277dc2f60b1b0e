"""What-if: levers, evaluation, targets, saved scenarios and findings."""
