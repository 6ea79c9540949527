"""Development projects: reckoning that needs no database."""
