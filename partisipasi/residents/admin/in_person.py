"""Verification at the counter: the clerk sees the person, the papers and the account's name."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path

from partisipasi.residents.models import Person, User


def account_of(username: str, person: Person) -> User | None:
    """The account that is called so, to be tied to `person`; None for no name.

    Raises ValidationError where there is none, or it is somebody else's here.
    """
    if not username:
        return None
    user = User.objects.filter(username__iexact=username, is_active=True).first()
    if user is None:
        raise ValidationError("Tidak ada akun dengan nama pengguna ini.")
    if Person.objects.filter(user=user).exclude(pk=person.pk).exists():
        raise ValidationError("Akun ini sudah terhubung dengan orang lain di desa ini.")
    return user


class CounterForm(forms.Form):
    """What a clerk ascertains: who it is, and which account is his."""

    account = forms.CharField(
        label="Nama pengguna akun",
        max_length=40,
        required=False,
        help_text="Tertulis pada halaman Akun Anda di HP warga. Kosongkan bila ia belum punya akun.",
        widget=forms.TextInput(attrs={"class": "vTextField", "autocomplete": "off"}),
    )
    seen = forms.BooleanField(
        label="Orangnya hadir, dan KTP atau KK-nya sudah saya lihat",
        error_messages={"required": "Centang setelah Anda melihat KTP atau KK orang ini."},
    )

    def __init__(self, *args: Any, person: Person, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person, self.by = person, by
        self.fields["account"].initial = person.user.username if person.user else ""

    def clean_account(self) -> User | None:
        user = account_of(self.cleaned_data["account"].strip(), self.person)
        if user and user != self.person.user:
            try:
                self.person.refuse_new_account(by=self.by)
            except PermissionDenied as refusal:
                raise ValidationError(str(refusal)) from refusal
        return user or self.person.user


class VerifiesInPerson:
    """What the address book's admin can do at the counter."""

    def in_person_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Tie the account to the person and verify both, in one step."""
        person = self.get_object(request, unquote(object_id))  # type: ignore[attr-defined]
        if person is None or person.retired_at:
            raise Http404
        if not self.within(request, person, "verify"):  # type: ignore[attr-defined]
            raise PermissionDenied
        form = CounterForm(request.POST or None, person=person, by=request.user)
        if form.is_valid():
            person.verify_in_person(form.cleaned_data["account"], by=request.user)
            self.log_change(request, person, "Diverifikasi di loket.")  # type: ignore[attr-defined]
            self.message_user(request, f"{person} terverifikasi.", messages.SUCCESS)  # type: ignore[attr-defined]
            return redirect("admin:residents_person_change", person.pk)
        context = self.admin_site.each_context(request) | {  # type: ignore[attr-defined]
            "title": "Verifikasi di loket",
            "subtitle": str(person),
            "opts": self.opts,  # type: ignore[attr-defined]
            "original": person,
            "form": form,
        }
        status = 422 if form.errors else 200
        return TemplateResponse(request, "admin/residents/person/in_person.html", context, status=status)

    def in_person_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.in_person_view)  # type: ignore[attr-defined]
        return [path("<path:object_id>/verifikasi/", view, name="residents_person_in_person")]
