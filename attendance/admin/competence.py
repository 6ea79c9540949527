from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from attendance.models import Competence
from partisipasi import clock
from partisipasi.admin import VillageModelAdmin


@admin.register(Competence)
class CompetenceAdmin(VillageModelAdmin):
    """The village's own list of competences. One that trainings or people have is retired, not deleted."""

    shared = True
    fields = ["name", "order"]
    list_display = ["name", "order", "is_used"]
    search_fields = ["name"]
    ordering = ["order", "name"]
    actions = ["retire", "restore"]

    @admin.display(description="dipakai", boolean=True)
    def is_used(self, competence: Competence) -> bool:
        return competence.retired_at is None

    @admin.action(description="Tidak dipakai lagi untuk yang baru", permissions=["change"])
    def retire(self, request: HttpRequest, competences: Any) -> None:
        count = competences.filter(retired_at__isnull=True).update(retired_at=clock.now())
        self.message_user(request, f"{count} kompetensi tidak dipakai lagi.")

    @admin.action(description="Pakai lagi", permissions=["change"])
    def restore(self, request: HttpRequest, competences: Any) -> None:
        count = competences.filter(retired_at__isnull=False).update(retired_at=None)
        self.message_user(request, f"{count} kompetensi dipakai lagi.")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
