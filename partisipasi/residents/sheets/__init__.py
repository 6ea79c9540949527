"""Spreadsheets of people, bodies and NIKs that villages keep, read as they are."""
