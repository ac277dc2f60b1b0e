"""Questions about promises and other arrangements about documents."""
