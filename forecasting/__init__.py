"""The models, on arrays and frames: when receipts come, who is at risk, and how a scenario moves them."""
