"""What a desk without a network sends once it is back, and how the secretary answers what came too late."""

from typing import Any

from crispy_forms.layout import Layout
from django import forms

from attendance.models import Activity, LateArrival

from .parts import ReasonForm

FARTHEST = 4_102_444_800_000  # The year 2100, in milliseconds.


class ContactForm(forms.Form):
    """A desk's contact: which it is, its clock at the sending, and how many check-ins stay behind."""

    desk = forms.UUIDField()
    now = forms.IntegerField(min_value=0, max_value=FARTHEST)
    left = forms.IntegerField(min_value=0, max_value=100_000)


class TapForm(forms.Form):
    """One check-in of the queue. A walk-in's facts go through GuestForm."""

    nonce = forms.UUIDField()
    at = forms.IntegerField(min_value=0, max_value=FARTHEST)
    session = forms.IntegerField()
    invitation = forms.IntegerField(required=False)
    registration = forms.IntegerField(required=False)
    person = forms.IntegerField(required=False)


class LateForm(ReasonForm):
    """Which of those who came after closing the secretary takes in, or declines."""

    arrivals = forms.ModelMultipleChoiceField(
        None,
        label="Yang datang sesudah ditutup",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Pilih sedikitnya satu nama."},
    )
    act = forms.ChoiceField(choices=[("terima", "Terima"), ("tolak", "Tolak")], required=False)
    field_order = ["arrivals", "reason"]

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waiting = LateArrival.objects.waiting().filter(session__activity=activity).in_order()
        choice = self.fields["arrivals"]
        choice.queryset = waiting.select_related(
            "person", "invitation__person", "invitation__body", "brought_by", "session"
        )  # type: ignore[attr-defined]
        choice.label_from_instance = lambda late: late.told  # type: ignore[attr-defined]
        self.helper.layout = Layout("arrivals", "reason")
        del self.fields["reason"].widget.attrs["autofocus"]
