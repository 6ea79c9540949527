from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import ActionLocation
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from partisipasi.admin import VillageModelAdmin, VillageTabularInline, waiting
from partisipasi.admin.waiting import Answer, count_of
from partisipasi.residents import nik
from partisipasi.residents.models import Membership, Person, User
from partisipasi.village.models import Region

from .in_person import VerifiesInPerson, account_of
from .letters import PrintsLetters
from .niks import KeepsNikList
from .password_codes import GivesPasswordCodes
from .sheets import ExchangesSheets

EVERYWHERE = [ActionLocation.CHANGE_LIST, ActionLocation.CHANGE_FORM]


@waiting("Pemilik akun menunggu verifikasi", perm="residents.verify_person")
def unverified_accounts(user: User) -> Answer:
    rows = Person.objects.filter(user.coverage("residents.verify_person").as_q("region"))
    return count_of(
        rows.awaiting_verification(), reverse("admin:residents_person_changelist") + "?status=menunggu"
    )


class PersonForm(forms.ModelForm):
    """A row of the address book; account and NIK are typed, never listed or shown."""

    account = forms.CharField(
        label="Nama pengguna akun",
        required=False,
        help_text="Isi setelah Anda memastikan bahwa akun itu milik orang ini. Kosongkan untuk melepasnya.",
    )
    nik = forms.CharField(
        label="NIK",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        help_text="Isi hanya bila perlu. NIK tidak disimpan; portal hanya menyimpan tanda untuk mengenalinya lagi.",
    )

    class Meta:
        model = Person
        # Choices are of a village, so admin names the fields when there is one: `PersonAdmin.fieldsets`.
        fields: ClassVar[list[str]] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.user:
            self.fields["account"].initial = self.instance.user.username

    def clean_account(self) -> User | None:
        return account_of(self.cleaned_data["account"].strip(), self.instance)

    def clean_nik(self) -> str:
        number = self.cleaned_data["nik"]
        if number and Person.objects.with_nik(number).exclude(pk=self.instance.pk).exists():
            raise ValidationError("NIK ini sudah tercatat atas nama orang lain.")
        return number

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "account" in cleaned and cleaned["account"] != self.instance.user:
            try:
                self.instance.refuse_new_account(by=self.by)
            except PermissionDenied as error:
                self.add_error("account", str(error))
        return cleaned


class StatusFilter(admin.SimpleListFilter):
    title = "status"
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("menunggu", "Berakun, belum diverifikasi"),
            ("terverifikasi", "Terverifikasi"),
            ("tanpa-akun", "Tanpa akun"),
            ("tidak-aktif", "Tidak aktif"),
        ]

    def queryset(self, request: HttpRequest, people: Any) -> QuerySet[Person]:
        match self.value():
            case "menunggu":
                return people.awaiting_verification()
            case "terverifikasi":
                return people.verified()
            case "tanpa-akun":
                return people.active().filter(user__isnull=True)
            case "tidak-aktif":
                return people.filter(retired_at__isnull=False)
        return people


class PartOfVillageFilter(admin.SimpleListFilter):
    """By dusun (or whatever the village's uppermost parts are called), with all that lies within."""

    title = "bagian desa"
    parameter_name = "bagian"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        parts = Region.objects.filter(parent__isnull=True)
        reach = model_admin.reach(request, "view")
        return [(str(part.pk), str(part)) for part in parts if reach.includes(part)]

    def queryset(self, request: HttpRequest, people: Any) -> QuerySet[Person]:
        chosen = self.value() or ""
        return people.filter(region__path__startswith=f"/{int(chosen)}/") if chosen.isdecimal() else people


class MembershipInline(VillageTabularInline):
    """The bodies to which a person belongs."""

    model = Membership
    region_lookup = "person__region"
    fields = ["body", "position"]
    autocomplete_fields = ["body"]
    verbose_name = "keanggotaan lembaga"
    verbose_name_plural = "keanggotaan lembaga"


@admin.register(Person)
class PersonAdmin(
    VerifiesInPerson, PrintsLetters, KeepsNikList, ExchangesSheets, GivesPasswordCodes, VillageModelAdmin
):
    """The address book. It never shows a NIK, for there is none."""

    form = PersonForm
    region_lookup = "region"
    list_display = ["name", "region", "unsur", "phone", "account_name", "status"]
    list_filter = [StatusFilter, PartOfVillageFilter, "unsur", "sex", "age_group"]
    list_select_related = ["region", "unsur", "user"]
    search_fields = ["name", "address", "phone", "user__username"]
    search_help_text = "Cari nama, alamat, nomor HP, nama pengguna, atau NIK lengkap."
    autocomplete_fields = ["region"]
    inlines = [MembershipInline]
    actions = ["verify", "print_letters", "confirm_phone", "retire"]
    change_form_template = "admin/residents/person/change_form.html"
    change_list_template = "admin/residents/person/change_list.html"
    readonly_fields = ["status"]
    fieldsets = [
        (None, {"fields": ["name", ("sex", "age_group"), "guardian", "status"]}),
        ("Tempat tinggal", {"fields": ["region", "address"]}),
        ("Perwakilan", {"fields": ["unsur", "nipd"]}),
        ("Kontak dan akun", {"fields": ["phone", "account", "nik"]}),
    ]

    def get_urls(self) -> list[Any]:
        return [
            *self.in_person_urls(),
            *self.letters_urls(),
            *self.niks_urls(),
            *self.sheets_urls(),
            *self.password_code_urls(),
            *super().get_urls(),
        ]

    @admin.display(description="akun", ordering="user__username")
    def account_name(self, person: Person) -> str:
        return person.user.username if person.user else "–"

    @admin.display(description="status")
    def status(self, person: Person) -> str:
        if person.retired_at:
            return "tidak aktif"
        return "terverifikasi" if person.verified_at else "belum diverifikasi"

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        form.by = request.user
        return form

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        if request.resolver_match and request.resolver_match.url_name == "autocomplete":
            # Who moved away or died is found in the address book, and chosen nowhere any more.
            queryset = queryset.active()  # type: ignore[attr-defined]
        try:
            nik.normalise(search_term)
        except ValidationError:
            return super().get_search_results(request, queryset, search_term)
        return queryset.with_nik(search_term), False  # type: ignore[attr-defined]

    def save_model(self, request: HttpRequest, obj: Person, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if form.cleaned_data.get("nik"):
            obj.remember_nik(form.cleaned_data["nik"])
        if "account" in form.changed_data:
            obj.connect(form.cleaned_data["account"], by=request.user)

    @admin.action(
        description="Tandai terverifikasi (sudah bertatap muka)", permissions=["verify"], location=EVERYWHERE
    )
    def verify(self, request: HttpRequest, people: QuerySet[Person]) -> None:
        waiting_people = list(people.filter(verified_at__isnull=True, retired_at__isnull=True))
        for person in waiting_people:
            person.verify(by=request.user)
        self.message_user(request, f"{len(waiting_people)} orang ditandai terverifikasi.", messages.SUCCESS)

    @admin.action(
        description="Pastikan nomor HP akun (boleh dipakai masuk)",
        permissions=["confirm_phone"],
        location=EVERYWHERE,
    )
    def confirm_phone(self, request: HttpRequest, people: QuerySet[Person]) -> None:
        confirmed = 0
        for person in people.select_related("user"):
            try:
                if person.user is None:
                    raise ValidationError("Orang ini belum terhubung dengan akun.")
                person.user.confirm_phone(by=request.user)
            except ValidationError as refusal:
                self.message_user(request, f"{person}: {' '.join(refusal.messages)}", messages.ERROR)
            else:
                confirmed += 1
        if confirmed:
            self.message_user(request, f"{confirmed} nomor HP dipastikan.", messages.SUCCESS)

    @admin.action(
        description="Nyatakan tidak aktif (pindah atau meninggal)",
        permissions=["retire"],
        location=EVERYWHERE,
    )
    def retire(self, request: HttpRequest, people: QuerySet[Person]) -> None:
        for person in people.filter(retired_at__isnull=True):
            try:
                person.retire(by=request.user)
            except (PermissionDenied, ValidationError) as refusal:
                self.message_user(request, f"{person}: {refusal}", messages.ERROR)
            else:
                self.message_user(request, f"{person} dinyatakan tidak aktif.", messages.SUCCESS)
