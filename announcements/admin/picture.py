from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import ActionLocation
from django.contrib.admin.helpers import AdminForm
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.html import format_html

from announcements.models import Picture
from partisipasi.admin import VillageModelAdmin
from partisipasi.files.forms import StoredFileField
from partisipasi.files.intake import IMAGES, store
from partisipasi.files.models import StoredFile

PICTURES_A_PAGE = 24


class PictureForm(forms.ModelForm):
    upload = StoredFileField(label="Gambar", allow=IMAGES)

    class Meta:
        model = Picture
        fields = ["alt"]

    field_order = ["upload", "alt"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "alt" in self.fields:  # not where it is only read
            self.fields["alt"].widget.attrs["class"] = "vLargeTextField"
        if self.instance.pk:
            del self.fields["upload"]


@admin.register(Picture)
class PictureAdmin(VillageModelAdmin):
    """Pictures for the text of articles; also the window from which the editor takes one."""

    class Media:
        css = {"all": ["css/editor.css"]}

    form = PictureForm
    list_display = ["small", "alt", "uploaded_at"]
    list_display_links = ["small", "alt"]
    search_fields = ["alt"]
    search_help_text = "Cari menurut keterangan gambar."
    ordering = ["-uploaded_at"]

    @admin.display(description="gambar")
    def small(self, picture: Picture) -> str:
        return format_html(
            '<img class="picture-small" src="{}" alt="{}">', picture.file.preview_url, picture.alt
        )

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["alt"] if obj else ["upload", "alt"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A picture that stands in an article stays."""
        used = obj is not None and obj.article_set.exists()
        return not used and super().has_delete_permission(request, obj)

    def get_actions(
        self, request: HttpRequest, action_location: ActionLocation = ActionLocation.CHANGE_LIST
    ) -> Any:
        actions = super().get_actions(request, action_location=action_location)
        actions.pop("delete_selected", None)
        return actions

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        self.refuse_beyond_reach(request, obj, change)
        if not change:
            obj.uploaded_by = request.user
            obj.file = store(
                form.cleaned_data["upload"], visibility=StoredFile.Visibility.PUBLIC, allow=IMAGES
            )
        obj.save()

    def get_urls(self) -> list[Any]:
        pick = path("pilih/", self.admin_site.admin_view(self.pick), name="announcements_picture_pick")
        return [pick, *super().get_urls()]

    @transaction.atomic
    def pick(self, request: HttpRequest) -> HttpResponse:
        """The editor's window: take a picture that is there, or upload one."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
        form, fresh = PictureForm(*sent), None
        if form.is_valid():
            fresh = form.instance
            self.save_model(request, fresh, form, change=False)
            messages.success(request, "Gambar sudah diunggah.")
            form = PictureForm()
        pictures = self.get_queryset(request).select_related("file").order_by("-uploaded_at", "-pk")
        context = {
            **self.admin_site.each_context(request),
            "title": "Pilih gambar",
            "is_popup": True,
            "adminform": AdminForm(form, [("Unggah gambar baru", {"fields": ["upload", "alt"]})], {}),
            "fresh": fresh,
            "page": Paginator(pictures, PICTURES_A_PAGE).get_page(request.GET.get("halaman")),
        }
        status = 422 if form.errors else 200
        return TemplateResponse(request, "admin/announcements/picture/pick.html", context, status=status)
