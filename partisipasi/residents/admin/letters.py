"""Printing letters with codes from the address book, and the list of those that went out."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path

from partisipasi import clock
from partisipasi.admin import ReadOnlyModelAdmin
from partisipasi.db import current_village
from partisipasi.files.downloads import private_file
from partisipasi.residents import code_letters
from partisipasi.residents.models import VALID_FOR, Person, VerificationLetter
from partisipasi.typeset import NotTypesettable
from partisipasi.village.models import Region

AT_MOST = 1000
"""Letters in one file; a dusun with more people is printed RT by RT."""


class LettersForm(forms.Form):
    """For whom letters are printed: the people of one part of the village."""

    region = forms.ModelChoiceField(
        None, label="Wilayah", empty_label="Pilih", help_text="Dusun, RW, atau RT."
    )
    only_new = forms.BooleanField(
        label="Hanya bagi yang belum memegang surat yang berlaku", required=False, initial=True
    )

    def __init__(self, *args: Any, regions: QuerySet[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].queryset = regions  # type: ignore[attr-defined]
        self.fields["region"].label_from_instance = lambda region: region.full_name  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "region" in cleaned:
            count = self.people().count()
            if not count:
                self.add_error("region", "Di wilayah ini tidak ada orang yang memerlukan surat kode.")
            elif count > AT_MOST:
                self.add_error("region", f"Ada {count} orang. Pilih wilayah yang lebih kecil.")
        return cleaned

    def people(self) -> QuerySet[Person]:
        """The grown people of the region who may get a letter."""
        people = Person.objects.receiving_letters().exclude(age_group=Person.AgeGroup.CHILD)
        people = people.filter(region__path__startswith=self.cleaned_data["region"].path)
        if self.cleaned_data["only_new"]:
            people = people.exclude(pk__in=VerificationLetter.objects.open().values("person"))
        return people


class PrintsLetters:
    """What the address book's admin can do with letters."""

    @admin.action(description="Cetak surat kode verifikasi", permissions=["print_letters"])
    def print_letters(self, request: HttpRequest, people: QuerySet[Person]) -> HttpResponse | None:
        told = people.receiving_letters()  # type: ignore[attr-defined]
        left_out = people.count() - told.count()
        if left_out:
            self.message_user(  # type: ignore[attr-defined]
                request,
                f"{left_out} orang tidak diberi surat, karena sudah terverifikasi, tidak aktif, "
                "atau memegang penugasan.",
                messages.WARNING,
            )
        return self._printed(request, told) if told.exists() else None

    def letters_view(self, request: HttpRequest) -> HttpResponse:
        """Letters for a part of the village."""
        reach = self.reach(request, "print_letters")  # type: ignore[attr-defined]
        if not reach:
            raise PermissionDenied
        regions = Region.objects.filter(reach.as_q("")).select_related("parent__parent")
        form = LettersForm(request.POST or None, regions=regions)
        printed = self._printed(request, form.people()) if form.is_valid() else None
        if printed is not None:
            return printed
        context = self.admin_site.each_context(request) | {  # type: ignore[attr-defined]
            "title": "Cetak surat kode verifikasi",
            "opts": self.opts,  # type: ignore[attr-defined]
            "form": form,
            "days": VALID_FOR.days,
        }
        status = 422 if form.errors else 200
        return TemplateResponse(request, "admin/residents/person/letters.html", context, status=status)

    def letters_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.letters_view)  # type: ignore[attr-defined]
        return [path("surat-kode/", view, name="residents_person_letters")]

    def _printed(self, request: HttpRequest, people: QuerySet[Person]) -> HttpResponse | None:
        """The PDF, which alone holds the codes; None where it cannot be set, and then a message says so."""
        letters = VerificationLetter.objects.issue(people, by=request.user)
        try:
            pdf = code_letters.as_pdf(letters, current_village())
        except NotTypesettable:
            self.message_user(  # type: ignore[attr-defined]
                request,
                "Surat tidak dapat dicetak. Coba lagi; bila tetap gagal, periksa lambang desa.",
                messages.ERROR,
            )
            return None
        return private_file(pdf, f"surat-kode-{clock.today()}.pdf")


class LetterStateFilter(admin.SimpleListFilter):
    title = "keadaan"
    parameter_name = "keadaan"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("berlaku", "Berlaku"),
            ("dipakai", "Dipakai"),
            ("kedaluwarsa", "Kedaluwarsa"),
            ("dibatalkan", "Dibatalkan"),
        ]

    def queryset(self, request: HttpRequest, letters: Any) -> QuerySet[VerificationLetter]:
        match self.value():
            case "berlaku":
                return letters.open()
            case "dipakai":
                return letters.filter(used_at__isnull=False)
            case "kedaluwarsa":
                return letters.unused().filter(expires_at__lte=clock.now())
            case "dibatalkan":
                return letters.filter(revoked_at__isnull=False)
        return letters


@admin.register(VerificationLetter)
class VerificationLetterAdmin(ReadOnlyModelAdmin):
    """Which letters went out, and what became of them. Their codes stand on the paper alone."""

    region_lookup = "person__region"
    list_display = ["person", "place", "issued_at", "expires_at", "state"]
    list_filter = [LetterStateFilter]
    list_select_related = ["person__region__parent__parent"]
    search_fields = ["person__name", "person__address"]
    search_help_text = "Cari nama atau alamat."
    fields = readonly_fields = ["person", "issued_at", "issued_by", "expires_at", "used_at", "revoked_at"]
    actions = ["revoke"]

    @admin.display(description="wilayah")
    def place(self, letter: VerificationLetter) -> str:
        return letter.person.region.full_name if letter.person.region else "–"

    @admin.display(description="keadaan", ordering=F("used_at").asc(nulls_first=True))
    def state(self, letter: VerificationLetter) -> str:
        return letter.state

    @admin.action(description="Batalkan surat", permissions=["revoke"])
    def revoke(self, request: HttpRequest, letters: QuerySet[VerificationLetter]) -> None:
        count = sum(letter.revoke(by=request.user) for letter in letters)
        self.message_user(request, f"{count} surat dibatalkan.", messages.SUCCESS)
