"""The village's budget (*APB Desa*): read from the spreadsheets that villages keep, and reckoned to the rupiah."""
