"""The address book from spreadsheets, and as one."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from partisipasi import clock
from partisipasi.files.downloads import private_file
from partisipasi.residents.models import Person, SheetImport, SheetRefused
from partisipasi.residents.sheets import export
from partisipasi.residents.sheets.table import ACCEPT

_SHOWN = 100
"""Rows of each kind that the preview lists."""


class SheetForm(forms.Form):
    """A file, and what is in it."""

    kind = forms.ChoiceField(
        label="Isi berkas",
        choices=SheetImport.Kind,
        initial=SheetImport.Kind.PEOPLE,
        widget=forms.RadioSelect,
    )
    sheet = forms.FileField(
        label="Berkas",
        help_text="XLSX, ODS, atau CSV, paling besar 3 MB dan 6.000 baris. Judul kolom boleh berurutan bagaimana saja.",
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        error_messages={"required": "Pilih berkas yang akan diimpor."},
    )

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "kind" in cleaned and "sheet" in cleaned:
            try:
                self.read = SheetImport.objects.read(cleaned["sheet"], cleaned["kind"], by=self.by)
            except forms.ValidationError as refusal:
                self.add_error("sheet", refusal)
        return cleaned


class ExchangesSheets:
    """What the address book's admin can do with spreadsheets."""

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """Send a file; what was understood of it is shown next."""
        self._only_importers(request)
        form = SheetForm(request.POST or None, request.FILES or None, by=request.user)
        if form.is_valid():
            return redirect(form.read)
        status = 422 if form.errors else 200
        return self._page(request, "import.html", "Impor dari spreadsheet", status=status, form=form)

    def import_detail_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What was understood, what it would change, and the button that does so."""
        self._only_importers(request)
        sheet = get_object_or_404(SheetImport, pk=pk)
        if request.method == "POST":
            return self._decided(request, sheet)
        plan = sheet.plan()
        return self._page(
            request, "import_detail.html", "Periksa sebelum disimpan", sheet=sheet, plan=plan, shown=_SHOWN
        )

    def _decided(self, request: HttpRequest, sheet: SheetImport) -> HttpResponse:
        if "buang" in request.POST:
            sheet.discard()
            self.message_user(request, "Berkas dibuang; tidak ada yang berubah.", messages.INFO)  # type: ignore[attr-defined]
            return redirect("admin:residents_person_import")
        try:
            plan = sheet.confirm(by=request.user)
        except SheetRefused:
            # The page says what stands against it.
            return redirect(sheet)
        if plan is not None:
            told = f"{len(plan.new)} baris baru, {len(plan.changed)} berubah, {plan.same} tetap."
            self.message_user(request, f"Impor selesai: {told}", messages.SUCCESS)  # type: ignore[attr-defined]
        bodies = sheet.kind == SheetImport.Kind.BODIES
        return redirect(f"admin:residents_{'body' if bodies else 'person'}_changelist")

    @method_decorator(require_safe)
    def template_view(self, request: HttpRequest) -> HttpResponse:
        """The empty sheet to fill in, for people or for bodies (`?isi=lembaga`)."""
        self._only_importers(request)
        kind = request.GET.get("isi", SheetImport.Kind.PEOPLE)
        if kind not in SheetImport.Kind.values:
            raise Http404
        return private_file(export.template(kind), f"templat-{kind}.xlsx")

    @method_decorator(require_safe)
    def export_view(self, request: HttpRequest) -> HttpResponse:
        """The people within the visitor's reach."""
        reach = self.reach(request, "export")  # type: ignore[attr-defined]
        if not reach:
            raise PermissionDenied
        found = Person.objects.active().filter(reach.as_q("region"))
        return private_file(export.as_xlsx(found), f"buku-alamat-{clock.today()}.xlsx")

    def sheets_urls(self) -> list[Any]:
        view = self.admin_site.admin_view  # type: ignore[attr-defined]
        return [
            path("impor/", view(self.import_view), name="residents_person_import"),
            path("impor/<int:pk>/", view(self.import_detail_view), name="residents_person_import_detail"),
            path("impor/templat/", view(self.template_view), name="residents_person_import_template"),
            path("ekspor/", view(self.export_view), name="residents_person_export"),
        ]

    def _only_importers(self, request: HttpRequest) -> None:
        if not self.reach(request, "import").everywhere:  # type: ignore[attr-defined]
            raise PermissionDenied

    def _page(
        self, request: HttpRequest, template: str, title: str, *, status: int = 200, **told: Any
    ) -> HttpResponse:
        context = self.admin_site.each_context(request) | {"title": title, "opts": self.opts} | told  # type: ignore[attr-defined]
        return TemplateResponse(request, f"admin/residents/person/{template}", context, status=status)
