"""What a page runs in: its view and address, the open books, background runs, browser and errors."""
