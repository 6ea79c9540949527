"""Deputies and handovers of offices, from the appointment's own page in admin."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminDateWidget, AutocompleteSelect
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path

from partisipasi import clock
from partisipasi.residents import handover
from partisipasi.residents.models import Appointment, Person
from partisipasi.residents.models.succession import TITLE_LENGTH, deputy_title


def _day(label: str, **kwargs: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=AdminDateWidget, **kwargs)


class SuccessionForm(forms.Form):
    """To whom an office goes, and by which decree."""

    person = forms.ModelChoiceField(None, label="Orang", help_text="Ketik sebagian namanya.")
    decree_number = forms.CharField(
        label="Nomor SK atau surat perintah",
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )

    def __init__(self, *args: Any, held: Appointment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = held
        person: Any = self.fields["person"]
        person.queryset = Person.objects.active()
        person.widget = AutocompleteSelect(Appointment._meta.get_field("person"), admin.site)
        person.widget.choices = person.choices

    def pass_on(self, by: Any) -> Appointment:
        raise NotImplementedError


class DeputyForm(SuccessionForm):
    """Who holds the office too while its holder is away, and for how long."""

    title = forms.CharField(
        label="Jabatan",
        max_length=TITLE_LENGTH,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="Plh. bila pejabatnya berhalangan sementara, Plt. bila ia berhalangan tetap.",
    )
    from_on = _day("Sejak")
    until_on = _day("Sampai dengan")
    field_order = ("person", "title", "from_on", "until_on", "decree_number")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"title": deputy_title(self.held.title), "from_on": clock.today(), **self.initial}

    def pass_on(self, by: Any) -> Appointment:
        told = self.cleaned_data
        return self.held.deputise(
            told["person"],
            told["from_on"],
            told["until_on"],
            by=by,
            decree_number=told["decree_number"],
            title=told["title"],
        )


class HandoverForm(SuccessionForm):
    """Who holds the office next, and from which day."""

    on = _day("Mulai", help_text="Hari pertama pejabat baru. Pejabat lama bertugas sampai sehari sebelumnya.")
    until_on = _day("Sampai dengan", required=False, help_text="Kosongkan bila tanpa batas waktu.")
    field_order = ("person", "on", "until_on", "decree_number")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"on": clock.today() + timedelta(days=1), **self.initial}

    def pass_on(self, by: Any) -> Appointment:
        told = self.cleaned_data
        return self.held.hand_over(
            told["person"],
            on=told["on"],
            by=by,
            decree_number=told["decree_number"],
            until_on=told["until_on"],
        )


# What the verbs call what the forms call otherwise.
_FIELD_OF = {"to": "person"}


class PassesOffices:
    """What the admin of appointments can do so that an office passes on."""

    def succession_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view  # type: ignore[attr-defined]
        return [
            path(
                "<path:object_id>/pengganti/", wrap(self.deputise_view), name="residents_appointment_deputise"
            ),
            path(
                "<path:object_id>/serah-terima/",
                wrap(self.hand_over_view),
                name="residents_appointment_hand_over",
            ),
        ]

    def deputise_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Name a deputy for a while."""
        held = self._held(request, object_id, "deputise")
        return self._pass_on(
            request,
            held,
            DeputyForm,
            title="Tetapkan pengganti sementara",
            done="{made} bertugas sampai dengan {made.until_on:%d-%m-%Y}.",
        )

    def hand_over_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Hand the office over, with the work in hand, which the page counts beforehand."""
        held = self._held(request, object_id, "hand_over")
        return self._pass_on(
            request,
            held,
            HandoverForm,
            title="Serah terima jabatan",
            done="Serah terima dicatat: {made}, mulai {made.from_on:%d-%m-%Y}.",
            is_handover=True,
            works=handover.in_hand(held.person),
        )

    def _held(self, request: HttpRequest, object_id: str, action: str) -> Appointment:
        held = self.get_object(request, unquote(object_id))  # type: ignore[attr-defined]
        if held is None:
            raise Http404
        if not self.within(request, held, action):  # type: ignore[attr-defined]
            raise PermissionDenied
        return held

    def _pass_on(
        self, request: HttpRequest, held: Appointment, form_class: Any, *, title: str, done: str, **told: Any
    ) -> HttpResponse:
        form = form_class(request.POST or None, held=held)
        if form.is_valid():
            try:
                made = form.pass_on(request.user)
            except PermissionDenied as refusal:
                form.add_error("person", str(refusal))
            except ValidationError as refusal:
                _say(form, refusal)
            else:
                self.log_change(request, held, f"{title}: {made}.")  # type: ignore[attr-defined]
                self.message_user(request, done.format(made=made), messages.SUCCESS)  # type: ignore[attr-defined]
                return redirect("admin:residents_appointment_changelist")
        context = self.admin_site.each_context(request) | {  # type: ignore[attr-defined]
            "title": title,
            "subtitle": str(held),
            "opts": self.opts,  # type: ignore[attr-defined]
            "original": held,
            "form": form,
            "media": self.media + form.media,  # type: ignore[attr-defined]
            **told,
        }
        template = "admin/residents/appointment/pass_on.html"
        return TemplateResponse(request, template, context, status=422 if form.errors else 200)


def _say(form: SuccessionForm, refusal: ValidationError) -> None:
    """Put each sentence of the verb beside the field of which it speaks."""
    told = refusal.error_dict if hasattr(refusal, "error_dict") else {"__all__": refusal.error_list}
    for name, errors in told.items():
        field = _FIELD_OF.get(name, name)
        form.add_error(field if field in form.fields else None, errors)
