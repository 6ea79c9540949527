from django.contrib import admin

from partisipasi.admin import VillageModelAdmin, VillageTabularInline
from partisipasi.residents.models import Body, Membership, Unsur


class MemberInline(VillageTabularInline):
    """The people of a body."""

    model = Membership
    region_lookup = "person__region"
    fields = ["person", "position"]
    autocomplete_fields = ["person"]
    verbose_name = "anggota"
    verbose_name_plural = "anggota"


@admin.register(Body)
class BodyAdmin(VillageModelAdmin):
    region_lookup = "region"
    list_display = ["name", "kind", "region", "phone"]
    list_filter = ["kind"]
    list_select_related = ["region"]
    search_fields = ["name"]
    search_help_text = "Cari nama lembaga."
    fields = ["name", "kind", "region", "phone"]
    inlines = [MemberInline]


@admin.register(Unsur)
class UnsurAdmin(VillageModelAdmin):
    list_display = ["name", "order", "sensitive"]
    list_editable = ["order"]
    search_fields = ["name"]
    search_help_text = "Cari nama unsur."
    fields = ["name", "order", "sensitive"]
