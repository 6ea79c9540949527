"""What a clerk does with an article or a document besides writing it: publish, schedule, archive, bring back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import ActionLocation
from django.contrib.admin.helpers import AdminForm
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from announcements.models import Article

from .forms import ArchiveForm, ScheduleForm, UrgentForm


@dataclass(frozen=True)
class Act:
    """One verb of a publication with its words on admin's pages, and what it asks first."""

    address: str
    button: str
    explained: str
    done: str
    fits: Callable[[Any], bool]
    do: Callable[..., None]
    form: type[forms.Form] = forms.Form
    may: Callable[[Any, Any], bool] = lambda row, user: row.can_be_published_by(user)


ACTS = (
    Act(
        "terbitkan",
        "Terbitkan artikel",
        "Artikel tayang sekarang juga, dan warga dapat menanggapinya.",
        "Artikel sudah tayang.",
        lambda article: not article.published_at,
        lambda article, by: article.publish(by=by),
    ),
    Act(
        "jadwalkan",
        "Jadwalkan artikel",
        "Artikel tayang sendiri pada waktu yang Anda pilih.",
        "Artikel sudah dijadwalkan.",
        lambda article: not article.published_at,
        lambda article, by, at: article.schedule(at, by=by),
        ScheduleForm,
    ),
    Act(
        "batalkan-jadwal",
        "Batalkan jadwal",
        "Artikel kembali menjadi draf.",
        "Jadwal sudah dibatalkan.",
        lambda article: bool(article.scheduled_at),
        lambda article, by: article.unschedule(by=by),
    ),
    Act(
        "arsipkan",
        "Arsipkan artikel",
        "Artikel, lampiran, dan tanggapannya tidak tampil lagi untuk umum.",
        "Artikel sudah diarsipkan.",
        lambda article: article.is_published,
        lambda article, by, reason: article.archive(reason, by=by),
        ArchiveForm,
    ),
    Act(
        "tayangkan-lagi",
        "Tayangkan lagi",
        "Artikel kembali tampil dengan tanggal dan alamat semula, dan dapat ditanggapi lagi.",
        "Artikel sudah tayang lagi.",
        lambda article: bool(article.archived_at),
        lambda article, by: article.republish(by=by),
    ),
    Act(
        "serta-merta",
        "Jadikan serta-merta",
        "Untuk yang perlu diketahui warga seketika, misalnya banjir atau wabah. Judul artikel ini tampil di atas "
        "setiap halaman sampai waktu yang Anda pilih, dan semua pemilik akun diberi tahu.",
        "Artikel kini tampil di setiap halaman.",
        lambda article: article.is_published and not article.is_urgent,
        lambda article, by, until: article.make_urgent(until, by=by),
        UrgentForm,
    ),
    Act(
        "ubah-akhir-serta-merta",
        "Ubah akhir serta-merta",
        "Perpanjang atau perpendek waktu artikel ini tampil di atas setiap halaman.",
        "Waktu berakhirnya sudah diubah.",
        lambda article: article.is_urgent,
        lambda article, by, until: article.make_urgent(until, by=by),
        UrgentForm,
    ),
    Act(
        "akhiri-serta-merta",
        "Akhiri serta-merta",
        "Artikel tidak lagi tampil di atas setiap halaman, dan tetap ada sebagai artikel.",
        "Artikel tidak lagi tampil di setiap halaman.",
        lambda article: article.is_urgent,
        lambda article, by: article.end_urgency(by=by),
    ),
    Act(
        "lampirkan-daftar-hadir",
        "Lampirkan daftar hadir",
        "Daftar hadir kegiatan ini menjadi Dokumen Lampiran, dalam versi untuk umum: tanpa tanda tangan, nomor HP, "
        "NIK, dan alamat. Nama peserta tercantum hanya bila desa menampilkannya untuk umum.",
        "Daftar hadir sudah dilampirkan.",
        lambda article: bool(article.activity and article.activity.closed_at),
        lambda article, by: article.attach_attendance(by=by),
        may=Article.can_be_changed_by,
    ),
)


class ActsMixin:
    """Buttons, pages and list actions that call the verbs of articles, or of another publication's `acts`."""

    acts: ClassVar[tuple[Act, ...]] = ACTS
    noun: ClassVar[str] = "artikel"
    actions = ["publish_chosen", "archive_chosen", "republish_chosen"]
    change_form_template = "admin/announcements/article/change_form.html"

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.act)
        acting = path("<int:pk>/<slug:address>/", view, name=f"{self._space}_act")
        own = super().get_urls()
        # Before the catch-all, behind history, delete and change.
        return [*own[:-1], acting, own[-1]]

    @property
    def _space(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}"

    def _act_called(self, address: str) -> Act:
        """Raises Http404."""
        for act in self.acts:
            if act.address == address:
                return act
        raise Http404

    def get_actions(
        self, request: HttpRequest, action_location: ActionLocation = ActionLocation.CHANGE_LIST
    ) -> Any:
        actions = super().get_actions(request, action_location=action_location)
        actions.pop("delete_selected", None)
        return actions

    def redirect_to_row(self, row: Any) -> HttpResponse:
        return redirect(f"admin:{self._space}_change", row.pk)

    def render_change_form(self, request: HttpRequest, context: Any, **kwargs: Any) -> HttpResponse:
        row = kwargs.get("obj")
        publishes = [act for act in self.acts if act.address == "terbitkan" and (not row or act.fits(row))]
        context["acts"] = [
            (act.button, reverse(f"admin:{self._space}_act", args=[row.pk, act.address]))
            for act in self.acts
            if row and act.fits(row) and act.may(row, request.user)
        ]
        context["may_publish_now"] = bool(publishes) and self.has_publish_permission(request)
        return super().render_change_form(request, context, **kwargs)

    def act(self, request: HttpRequest, pk: int, address: str) -> HttpResponse:
        """Ask what the act needs to know, then do it."""
        row = get_object_or_404(self.get_queryset(request), pk=pk)
        act = self._act_called(address)
        if not act.may(row, request.user):
            raise PermissionDenied
        if not act.fits(row):
            messages.warning(request, f"Keadaan {self.noun} sudah berubah: {row.state[1].lower()}.")
            return self.redirect_to_row(row)
        form = act.form(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                act.do(row, by=request.user, **form.cleaned_data)
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                messages.success(request, act.done)
                return self.redirect_to_row(row)
        return self._asked(request, act, form, [row], back=reverse(f"admin:{self._space}_change", args=[pk]))

    def _asked(
        self, request: HttpRequest, act: Act, form: Any, rows: Any, *, back: str, action: str = ""
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": act.button,
            "act": act,
            "adminform": AdminForm(form, [(None, {"fields": list(form.fields)})], {}),
            "rows": rows,
            "action": action,
            "back": back,
            "list_address": reverse(f"admin:{self._space}_changelist"),
            "media": self.media + form.media,
        }
        status = 422 if form.errors else 200
        return TemplateResponse(request, "admin/announcements/article/act.html", context, status=status)

    @admin.action(description="Terbitkan yang terpilih", permissions=["publish"])
    def publish_chosen(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        self._do_with_each(request, "terbitkan", rows)

    @admin.action(description="Tayangkan lagi yang terpilih", permissions=["publish"])
    def republish_chosen(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        self._do_with_each(request, "tayangkan-lagi", rows)

    @admin.action(description="Arsipkan yang terpilih", permissions=["publish"])
    def archive_chosen(self, request: HttpRequest, rows: QuerySet[Any]) -> HttpResponse | None:
        form = ArchiveForm(request.POST if "reason" in request.POST else None)
        if form.is_valid():
            self._do_with_each(request, "arsipkan", rows, **form.cleaned_data)
            return None
        act = self._act_called("arsipkan")
        back = reverse(f"admin:{self._space}_changelist")
        return self._asked(request, act, form, rows, back=back, action="archive_chosen")

    def _do_with_each(self, request: HttpRequest, address: str, rows: Any, **answers: Any) -> None:
        act = self._act_called(address)
        done = 0
        # Each in a transaction of its own: the record's lock is the last that a transaction takes.
        for row in [row for row in rows.order_by("pk") if act.fits(row)]:
            try:
                act.do(row, by=request.user, **answers)
            except ValidationError as refusal:
                messages.error(request, f"{row}: {' '.join(refusal.messages)}")
            else:
                done += 1
        if done:
            messages.success(request, f"{act.button}: {done} {self.noun}.")
        else:
            messages.warning(request, f"Tidak ada {self.noun} terpilih yang keadaannya sesuai.")
