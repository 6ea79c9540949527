"""Giving a code for a forgotten password, to whom the official has before him."""

from typing import Any

from django import forms
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import path, reverse

from partisipasi.db import current_village
from partisipasi.residents.models import PasswordCode, Person
from partisipasi.residents.models.password_code import refuse_code


class GiveCodeForm(forms.Form):
    """That the official knows who asks."""

    known = forms.BooleanField(
        label="Saya mengenal orang ini, atau sudah melihat KTP atau KK-nya",
        error_messages={"required": "Centang setelah Anda memastikan siapa yang meminta."},
    )


class GivesPasswordCodes:
    """What the address book's admin can do for who forgot his password."""

    def password_code_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.password_code_view)  # type: ignore[attr-defined]
        return [path("<path:object_id>/kode-sandi/", view, name="residents_person_password_code")]

    def password_code_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask whether he is known, then show the code: once, and ready to be printed."""
        person = self.get_object(request, unquote(object_id))  # type: ignore[attr-defined]
        if person is None:
            raise Http404
        if not request.user.has_perm("residents.give_password_code", person):
            raise PermissionDenied
        form = GiveCodeForm(request.POST if request.method == "POST" else None)
        refusal = _refusal(person, request.user)
        if not refusal and form.is_valid():
            given = PasswordCode.objects.give(person, by=request.user)
            self.log_change(request, person, "Diberi kode kata sandi.")  # type: ignore[attr-defined]
            return _slip(request, person, given)
        context = self.admin_site.each_context(request) | {  # type: ignore[attr-defined]
            "title": "Buat kode kata sandi",
            "subtitle": str(person),
            "opts": self.opts,  # type: ignore[attr-defined]
            "original": person,
            "form": form,
            "refusal": refusal,
        }
        status = 422 if form.errors or (refusal and request.method == "POST") else 200
        template = "admin/residents/person/password_code.html"
        return TemplateResponse(request, template, context, status=status)


def _refusal(person: Person, by: Any) -> str:
    """Why this person gets no code from this official; "" where he does."""
    try:
        refuse_code(person, by)
    except PermissionDenied as refusal:
        return str(refusal)
    except ValidationError as refusal:
        return " ".join(refusal.messages)
    return ""


def _slip(request: HttpRequest, person: Person, given: Any) -> HttpResponse:
    address = current_village().url(reverse("password_by_code"))
    told = {"person": person, "given": given, "address": address}
    return render(request, "residents/password_code_slip.html", told)
