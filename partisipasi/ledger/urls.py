"""The public record, under `/catatan/`."""

from django.urls import path

from . import feeds, views

urlpatterns = [
    path("", views.entry_list, name="ledger"),
    path("<int:number>/", views.entry_detail, name="ledger_entry"),
    path("kepala/", views.head_list, name="ledger_heads"),
    path("umpan.atom", feeds.head_feed, name="ledger_feed"),
    path("periksa/", views.ledger_check, name="ledger_check"),
    path("periksa.py", views.ledger_verifier, name="ledger_verifier"),
    path("rantai.jsonl", views.ledger_chain, name="ledger_chain"),
]
