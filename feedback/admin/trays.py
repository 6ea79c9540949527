"""What waits for officials who deal with reports."""

from typing import Any

from django.urls import reverse

from feedback.models import Report
from partisipasi import clock
from partisipasi.admin import waiting
from partisipasi.admin.waiting import count_of


def _list(state: str) -> str:
    return f"{reverse('admin:feedback_report_changelist')}?keadaan={state}"


@waiting("Laporan menunggu verifikasi", perm="feedback.verify_report")
def to_verify(user: Any) -> tuple[int, str] | None:
    return count_of(Report.objects.handled_by(user).awaiting_verification(), _list("menunggu"))


@waiting("Laporan perlu Anda jawab", perm="feedback.answer_assigned_report")
def to_answer(user: Any) -> tuple[int, str] | None:
    return count_of(Report.objects.assigned_to(user).unanswered(), _list("saya"))


@waiting("Laporan terlambat", perm="feedback.view_report")
def late(user: Any) -> tuple[int, str] | None:
    return count_of(Report.objects.handled_by(user).late(clock.today()), _list("terlambat"))
