"""What a clerk does with an article besides writing it: publish, schedule, archive, bring back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import ActionLocation
from django.contrib.admin.helpers import AdminForm
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from announcements.models import Article

from .forms import ArchiveForm, ScheduleForm


@dataclass(frozen=True)
class Act:
    """One verb of an article with its words on admin's pages, and what it asks first."""

    address: str
    button: str
    explained: str
    done: str
    fits: Callable[[Article], bool]
    do: Callable[..., None]
    form: type[forms.Form] = forms.Form
    may: Callable[[Article, Any], bool] = Article.can_be_published_by


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
    """Buttons, pages and list actions that call an article's verbs."""

    actions = ["publish_chosen", "archive_chosen", "republish_chosen"]
    change_form_template = "admin/announcements/article/change_form.html"

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.act)
        acting = path("<int:pk>/<slug:address>/", view, name="announcements_article_act")
        own = super().get_urls()
        # Before the catch-all, behind history, delete and change.
        return [*own[:-1], acting, own[-1]]

    def get_actions(
        self, request: HttpRequest, action_location: ActionLocation = ActionLocation.CHANGE_LIST
    ) -> Any:
        actions = super().get_actions(request, action_location=action_location)
        actions.pop("delete_selected", None)
        return actions

    def redirect_to_article(self, article: Article) -> HttpResponse:
        return redirect("admin:announcements_article_change", article.pk)

    def render_change_form(self, request: HttpRequest, context: Any, **kwargs: Any) -> HttpResponse:
        article = kwargs.get("obj")
        may_publish = self.has_publish_permission(request)
        context["acts"] = [
            act for act in ACTS if article and act.fits(article) and act.may(article, request.user)
        ]
        context["may_publish_now"] = may_publish and not (article and article.published_at)
        return super().render_change_form(request, context, **kwargs)

    def act(self, request: HttpRequest, pk: int, address: str) -> HttpResponse:
        """Ask what the act needs to know, then do it."""
        article = get_object_or_404(self.get_queryset(request), pk=pk)
        act = next((act for act in ACTS if act.address == address), None)
        if act is None:
            raise Http404
        if not act.may(article, request.user):
            raise PermissionDenied
        if not act.fits(article):
            messages.warning(request, f"Keadaan artikel sudah berubah: {article.state[1].lower()}.")
            return self.redirect_to_article(article)
        form = act.form(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            act.do(article, by=request.user, **form.cleaned_data)
            messages.success(request, act.done)
            return self.redirect_to_article(article)
        return self._asked(request, act, form, [article], back=reverse(_CHANGE, args=[article.pk]))

    def _asked(
        self, request: HttpRequest, act: Act, form: Any, articles: Any, *, back: str, action: str = ""
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": act.button,
            "act": act,
            "adminform": AdminForm(form, [(None, {"fields": list(form.fields)})], {}),
            "articles": articles,
            "action": action,
            "back": back,
            "media": self.media + form.media,
        }
        status = 422 if form.errors else 200
        return TemplateResponse(request, "admin/announcements/article/act.html", context, status=status)

    @admin.action(description="Terbitkan artikel terpilih", permissions=["publish"])
    def publish_chosen(self, request: HttpRequest, articles: QuerySet[Article]) -> None:
        self._do_with_each(request, ACTS[0], articles)

    @admin.action(description="Tayangkan lagi artikel terpilih", permissions=["publish"])
    def republish_chosen(self, request: HttpRequest, articles: QuerySet[Article]) -> None:
        self._do_with_each(request, ACTS[4], articles)

    @admin.action(description="Arsipkan artikel terpilih", permissions=["publish"])
    def archive_chosen(self, request: HttpRequest, articles: QuerySet[Article]) -> HttpResponse | None:
        form = ArchiveForm(request.POST if "reason" in request.POST else None)
        if form.is_valid():
            self._do_with_each(request, ACTS[3], articles, **form.cleaned_data)
            return None
        back = reverse("admin:announcements_article_changelist")
        return self._asked(request, ACTS[3], form, articles, back=back, action="archive_chosen")

    def _do_with_each(self, request: HttpRequest, act: Act, articles: Any, **answers: Any) -> None:
        fitting = [article for article in articles.order_by("pk") if act.fits(article)]
        # Each in a transaction of its own: the record's lock is the last that a transaction takes.
        for article in fitting:
            act.do(article, by=request.user, **answers)
        if fitting:
            messages.success(request, f"{act.button}: {len(fitting)} artikel.")
        else:
            messages.warning(request, "Tidak ada artikel terpilih yang keadaannya sesuai.")


_CHANGE = "admin:announcements_article_change"
