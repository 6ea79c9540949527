from importlib import import_module

from django.apps import AppConfig

from partisipasi.village.founding import at_founding


class LedgerConfig(AppConfig):
    name = "partisipasi.ledger"
    label = "ledger"
    verbose_name = "Catatan publik"

    def ready(self) -> None:
        import_module("partisipasi.ledger.due")
        from .models import LedgerHead

        at_founding(LedgerHead.locked)
