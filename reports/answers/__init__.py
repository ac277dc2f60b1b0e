"""Answers by subject: rows and findings that screens, command line and packs share."""
