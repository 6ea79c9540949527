from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "partisipasi.ledger"
    label = "ledger"
    verbose_name = "Catatan publik"
