"""What waits for those who run activities."""

from typing import Any

from django.urls import reverse

from attendance.models import Activity, ActivitySeries, SignedScan
from partisipasi.admin import waiting
from partisipasi.admin.waiting import Answer, count_of

from .activity import StageFilter


@waiting("Daftar hadir menunggu ditutup", perm="attendance.close_activity")
def lists_to_close(user: Any) -> Answer:
    within = Activity.objects.within_reach(user, "attendance.close_activity")
    return count_of(within.waiting_to_close(), StageFilter.url("belum-ditutup"))


@waiting("Kegiatan dengan susulan", perm="attendance.close_activity")
def late_arrivals(user: Any) -> Answer:
    within = Activity.objects.within_reach(user, "attendance.close_activity")
    return count_of(within.with_late_arrivals(), StageFilter.url("susulan"))


@waiting("Kegiatan tanpa bukti", perm="attendance.add_evidence")
def activities_without_evidence(user: Any) -> Answer:
    within = Activity.objects.within_reach(user, "attendance.add_evidence")
    return count_of(within.without_evidence(), StageFilter.url("tanpa-bukti"))


@waiting("Pindaian daftar hadir menunggu diperiksa", perm="attendance.run_desk")
def scans_to_check(user: Any) -> Answer:
    within = Activity.objects.within_reach(user, "attendance.run_desk").order_by()
    scans = SignedScan.objects.waiting().filter(session__activity__in=within)
    return count_of(scans, reverse("attendance:scan_list"))


@waiting("Laporan penyelenggaraan terlambat", perm="attendance.add_evidence")
def reports_late(user: Any) -> Answer:
    within = Activity.objects.within_reach(user, "attendance.add_evidence")
    return count_of(within.with_late_report(), StageFilter.url("laporan-terlambat"))


@waiting("Notulen belum ditulis", perm="attendance.publish_minutes")
def minutes_unwritten(user: Any) -> Answer:
    within = Activity.objects.within_reach(user, "attendance.publish_minutes")
    return count_of(within.without_minutes(), StageFilter.url("tanpa-notulen"))


@waiting("Rangkaian yang hampir habis", perm="attendance.add_activity")
def series_running_out(user: Any) -> Answer:
    within = ActivitySeries.objects.within_reach(user)
    return count_of(within.running_out(), reverse("attendance:series_list"))
