"""The form for what was agreed about one document; three screens open it."""
