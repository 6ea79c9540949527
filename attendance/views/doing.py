"""Doing what an official asked for, and saying how it went."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, QueryDict

from attendance.models import Refusal


def do(request: HttpRequest, verb: Callable[[], object], success: str = "") -> None:
    """Run the verb; say what it answers or `success`, or why it was refused."""
    try:
        answer = verb()
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, success or str(answer))


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with; None before it was sent."""
    return request.POST if request.method == "POST" else None
