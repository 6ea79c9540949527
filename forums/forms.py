import re
import uuid
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.db import models

from partisipasi import search

from .models import Flag, Forum, Moderation, Post, Reaction

_UNPRINTABLE = re.compile(r"[^\S\n]+$|[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", re.MULTILINE)

Act = Moderation.Act


def clean_prose(text: str) -> str:
    """What people typed, without control characters and with at most one empty line in a row."""
    text = _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def clean_line(text: str) -> str:
    """One printable line."""
    return " ".join(_UNPRINTABLE.sub(" ", text).split())


def _with_button(words: str) -> FormHelper:
    helper = FormHelper()
    helper.add_input(Submit("", words))
    return helper


def bare_helper() -> FormHelper:
    """Crispy's fields alone: the page brings the form element, its address and its button."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    return helper


class ProseField(forms.CharField):
    """A text of some paragraphs."""

    def __init__(self, *, missing: str, rows: int = 7, **kwargs: Any) -> None:
        messages = {
            "required": missing,
            "max_length": "Terlalu panjang: paling banyak %(limit_value)d karakter, sekarang %(show_value)d.",
        }
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(error_messages=messages, max_length=4000, strip=True, **kwargs)

    def clean(self, value: Any) -> str:
        body = clean_prose(super().clean(value))
        if not body and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return body


MANNERS = "Tulis dengan sopan. Jangan menuliskan nomor HP, NIK, atau alamat siapa pun."


class ReplyForm(forms.Form):
    """A reply to a topic, or to one post of it. The nonce makes a form sent twice one reply."""

    body = ProseField(
        label="Tanggapan Anda",
        missing="Tuliskan tanggapan Anda dahulu.",
        help_text=MANNERS,
        widget=forms.Textarea(attrs={"rows": 7, "autofocus": True}),
    )
    reply_to = forms.ModelChoiceField(Post.objects.none(), required=False, widget=forms.HiddenInput)
    nonce = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, posts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reply_to"].queryset = posts
        self.fields["nonce"].initial = uuid.uuid4
        self.helper = _with_button("Kirim tanggapan")


class TopicForm(forms.Form):
    """A new topic with its opening post. The nonce makes a form sent twice one topic."""

    title = forms.CharField(
        label="Judul topik",
        max_length=120,
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off"}),
        help_text="Satu kalimat pendek: apa yang Anda tanyakan atau usulkan.",
        error_messages={
            "required": "Tuliskan judul topiknya.",
            "max_length": "Judul terlalu panjang: paling banyak %(limit_value)d karakter, sekarang %(show_value)d.",
        },
    )
    body = ProseField(
        label="Isi", missing="Tuliskan apa yang ingin Anda bicarakan.", rows=10, help_text=MANNERS
    )
    nonce = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nonce"].initial = uuid.uuid4
        self.helper = _with_button("Buka topik")

    def clean_title(self) -> str:
        title = clean_line(self.cleaned_data["title"])
        if not title:
            raise forms.ValidationError("Tuliskan judul topiknya.")
        return title


class TopicFilterForm(forms.Form):
    """Choose and order topics, in the address."""

    ORDERS = {
        "": ("Tanggapan terbaru", ["-last_posted_at", "-pk"]),
        "topik-baru": ("Topik terbaru", ["-created_at", "-pk"]),
        "ramai": ("Paling banyak ditanggapi", ["-number_of_replies", "-last_posted_at", "-pk"]),
    }
    STATES = {
        "": ("Semua topik", models.Q()),
        "terbuka": ("Masih terbuka", models.Q(closed_at__isnull=True)),
        "belum-ditanggapi": ("Belum ditanggapi", models.Q(number_of_replies=0)),
        "dikunci": ("Dikunci", models.Q(closed_at__isnull=False)),
    }
    _CHOICES = {"required": False, "error_messages": {"invalid_choice": "Pilih dari daftar."}}

    cari = forms.CharField(label="Cari di forum", max_length=100, required=False)
    keadaan = forms.ChoiceField(
        label="Keadaan", choices=[(key, label) for key, (label, _) in STATES.items()], **_CHOICES
    )
    urut = forms.ChoiceField(
        label="Urutan", choices=[(key, label) for key, (label, _) in ORDERS.items()], **_CHOICES
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()

    def chosen(self, topics: Any) -> models.QuerySet:
        """The topics that fit, pinned ones first; none where the address asks for what does not exist."""
        if not self.is_valid():
            return topics.none()
        asked, state, order = (self.cleaned_data[name] for name in ("cari", "keadaan", "urut"))
        topics = topics.filter(self.STATES[state][1])
        if asked:
            said = Post.objects.readable().filter(search=search.query(asked)).order_by().values("topic")
            topics = topics.filter(models.Q(search=search.query(asked)) | models.Q(pk__in=said))
        return topics.order_by(models.F("pinned_at").desc(nulls_last=True), *self.ORDERS[order][1])

    @property
    def narrows(self) -> bool:
        return bool(self.is_valid() and any(self.cleaned_data.values()))


class ReactionForm(forms.Form):
    """Which of the three, or none any more."""

    WITHDRAW = "tarik"

    reaksi = forms.ChoiceField(
        choices=[*Reaction.Kind.choices, (WITHDRAW, "tarik")],
        error_messages={"required": "Pilih salah satu reaksi.", "invalid_choice": "Pilih salah satu reaksi."},
    )

    @property
    def kind(self) -> str:
        chosen = self.cleaned_data["reaksi"]
        return "" if chosen == self.WITHDRAW else chosen


class FlagForm(forms.Form):
    """Why a reader thinks that a post breaks the rules."""

    reason = forms.ChoiceField(
        label="Apa yang tidak sesuai?",
        choices=Flag.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih salah satu alasan.", "invalid_choice": "Pilih salah satu alasan."},
    )
    text = forms.CharField(
        label="Keterangan untuk moderator",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Boleh dikosongkan, kecuali untuk alasan lain.",
        error_messages={
            "max_length": "Terlalu panjang: paling banyak %(limit_value)d karakter, sekarang %(show_value)d."
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _with_button("Laporkan tanggapan")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        found["text"] = clean_prose(found.get("text", ""))
        if found.get("reason") == Flag.Reason.OTHER and not found["text"]:
            self.add_error("text", "Tuliskan alasannya, agar moderator tahu apa yang perlu dilihat.")
        return found


class _ActForm(forms.Form):
    """What a moderator does, and why where something is taken away; the author reads the reason."""

    reason = forms.CharField(
        label="Alasan",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Penulisnya akan membaca alasan ini.",
        error_messages={
            "max_length": "Terlalu panjang: paling banyak %(limit_value)d karakter, sekarang %(show_value)d."
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        found["reason"] = clean_line(found.get("reason", ""))
        if found.get("tindakan") in Moderation.EXPLAINED and not found["reason"] and not self.errors:
            self.add_error("reason", "Tuliskan alasannya; penulisnya akan membacanya.")
        return found


def _act_field(*acts: Moderation.Act) -> forms.ChoiceField:
    unknown = "Pilih salah satu tindakan yang ada."
    return forms.ChoiceField(
        choices=[(act.value, act.label) for act in acts],
        widget=forms.HiddenInput,
        error_messages={"required": unknown, "invalid_choice": unknown},
    )


class PostActForm(_ActForm):
    tindakan = _act_field(Act.RELEASE, Act.HIDE, Act.RESTORE, Act.DISMISS)


class TopicActForm(_ActForm):
    tindakan = _act_field(Act.LOCK, Act.UNLOCK, Act.HIDE, Act.RESTORE, Act.PIN, Act.UNPIN, Act.MOVE)
    forum = forms.ModelChoiceField(
        None,
        label="Pindahkan ke forum",
        required=False,
        empty_label="Pilih forum",
        error_messages={"invalid_choice": "Forum ini tidak ada. Pilih dari daftar."},
    )

    def __init__(self, *args: Any, forums: models.QuerySet[Forum], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["forum"].queryset = forums  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        if found.get("tindakan") == Act.MOVE and not found.get("forum") and "forum" not in self.errors:
            self.add_error("forum", "Pilih forum tujuannya.")
        return found
