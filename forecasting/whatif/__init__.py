"""Expected money per document and day, and how levers move it."""
