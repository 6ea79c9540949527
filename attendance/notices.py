"""What people are told of activities, which pages of them may be followed, and whom one concerns."""

from typing import Any

from django.urls import reverse

from partisipasi.residents.audiences import audience
from partisipasi.residents.notices import Page, followable, leads_to, register_kind

from .letters import invited_to
from .models import Activity, FollowUp


def _visible(user: Any, pk: int) -> Activity | None:
    return Activity.objects.visible_to(user).filter(pk=pk).first()


def _internal(user: Any, pk: int) -> Activity | None:
    return Activity.objects.within_reach(user, "attendance.view_internal").filter(pk=pk).first()


def _follow_up(user: Any, pk: int) -> FollowUp | None:
    return FollowUp.objects.visible_to(user).filter(pk=pk).first()


register_kind("certificate", "Sertifikat pelatihan Anda")
register_kind("follow_up", "Tindak lanjut putusan yang menjadi tanggung jawab Anda")
register_kind("invitation", "Undangan kepada Anda, dan perubahan pada kegiatan yang mengundang Anda")
register_kind(
    "registration", "Pendaftaran Anda pada kegiatan: giliran dari daftar tunggu, perubahan, pencabutan"
)
register_kind("retention", "Daftar hadir yang namanya segera dihapus karena masa simpannya berakhir")
register_kind("report_late", "Laporan penyelenggaraan kegiatan yang ditunggu atau terlambat, bagi petugas")
register_kind("pay", "Pembayaran yang tercatat atas nama Anda diperbaiki")
register_kind("activity", "Kegiatan baru, dan kabar dari kegiatan yang Anda ikuti")
followable(
    "attendance:activity_list", lambda user: Page(reverse("attendance:activity_list"), "Semua kegiatan desa")
)
followable("attendance:activity_detail", _visible)
leads_to("attendance:attendance_list", _visible)
leads_to("attendance:retention_detail", _internal)
audience("attendance:activity_detail", invited_to)
followable("attendance:follow_up_detail", _follow_up)
followable(
    "attendance:resolution_list", lambda user: Page(reverse("attendance:resolution_list"), "Semua keputusan")
)
