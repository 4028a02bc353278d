"""What each page says, as plain data."""
