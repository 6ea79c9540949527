"""The signed list comes back: uploaded, its pages compared with those printed, and filed as internal evidence."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from attendance.forms import MorePagesForm, ReasonForm, ScanForm
from attendance.models import Activity, PaperKind, Refusal, SignedScan
from attendance.views.desk import Desk
from attendance.views.doing import do, sent

PAGE_SIZE = 30


@require_safe
def scan_list(request: HttpRequest) -> HttpResponse:
    """All scans that wait for a word, each with what is wrong with it and the page on which it is put right."""
    activities = Activity.objects.within_reach(request.user, "attendance.run_desk").order_by()
    if not request.user.has_perm("attendance.run_desk"):
        raise PermissionDenied
    scans = SignedScan.objects.waiting().filter(session__activity__in=activities)
    scans = scans.select_related("session__activity", "uploaded_by")
    context = {"page": Paginator(scans, PAGE_SIZE).get_page(request.GET.get("halaman"))}
    return render(request, "attendance/scan_list.html", context)


def _url(at: Desk) -> str:
    return f"{reverse('attendance:scan_upload', args=[at.activity.pk])}?sesi={at.session.pk}"


@require_http_methods(["GET", "HEAD", "POST"])
def scan_upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Upload the signed list of a session. What has too few or too many pages waits here for a word."""
    at = Desk.of(request, pk)
    form = ScanForm(sent(request), request.FILES or None, session=at.session)
    if form.is_valid():
        told = form.cleaned_data
        try:
            scan = SignedScan.objects.bring(
                at.session,
                told["files"],
                pages_printed=form.pages_printed,
                nonce=told["nonce"],
                by=request.user,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            _say(request, scan)
            return redirect(_url(at))
    return _page(request, at, form, status=422 if form.is_bound else 200)


def _page(
    request: HttpRequest,
    at: Desk,
    form: ScanForm | None = None,
    *,
    more: MorePagesForm | None = None,
    reason: ReasonForm | None = None,
    scan: SignedScan | None = None,
    status: int = 200,
) -> HttpResponse:
    waiting = [
        (
            each,
            more if more and each == scan else MorePagesForm(auto_id=f"lengkapi-{each.pk}-%s"),
            reason if reason and each == scan else ReasonForm(auto_id=f"alasan-{each.pk}-%s"),
        )
        for each in at.session.signed_scans.waiting()
    ]
    for _, _, asked in waiting:
        asked.fields["reason"].widget.attrs.pop("autofocus", None)
    context = {
        "desk": at,
        "activity": at.activity,
        "sessions": list(at.activity.sessions.in_order()),
        "form": form or ScanForm(session=at.session),
        "waiting": waiting,
        "settled": at.session.signed_scans.settled()
        .select_related("settled_by")
        .prefetch_related("evidence__file"),
        "others": at.activity.evidence.filter(kind=PaperKind.ATTENDANCE, is_public=False, scan__isnull=True),
    }
    return render(request, "attendance/scan_upload.html", context, status=status)


def _say(request: HttpRequest, scan: SignedScan) -> None:
    if not scan.settled_at:
        messages.warning(request, f"{scan.difference} Lengkapi, atau terima dengan alasan.")
    elif scan.pages_printed:
        messages.success(request, f"{scan.pages} halaman diterima, sama dengan yang dicetak.")
    else:
        messages.success(request, f"{scan.pages} halaman diterima. Tidak ada lembar cetak untuk dicocokkan.")


def _waiting(at: Desk, scan_pk: int) -> SignedScan:
    return get_object_or_404(at.session.signed_scans.select_related("session__activity"), pk=scan_pk)


@require_POST
def scan_add(request: HttpRequest, pk: int, scan_pk: int) -> HttpResponse:
    """Bring the pages that were missing."""
    at = Desk.of(request, pk)
    scan = _waiting(at, scan_pk)
    form = MorePagesForm(request.POST, request.FILES, auto_id=f"lengkapi-{scan.pk}-%s")
    if not form.is_valid():
        return _page(request, at, more=form, scan=scan, status=422)
    try:
        scan.add(form.cleaned_data["files"], request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        _say(request, scan)
    return redirect(_url(at))


@require_POST
def scan_accept(request: HttpRequest, pk: int, scan_pk: int) -> HttpResponse:
    """Take a scan of another length as it is, with the reason."""
    at = Desk.of(request, pk)
    scan = _waiting(at, scan_pk)
    form = ReasonForm(request.POST, auto_id=f"alasan-{scan.pk}-%s")
    if not form.is_valid():
        return _page(request, at, reason=form, scan=scan, status=422)
    do(
        request,
        lambda: scan.accept(form.cleaned_data["reason"], request.user),
        "Pindaian diterima dengan alasan Anda.",
    )
    return redirect(_url(at))


@require_POST
def scan_discard(request: HttpRequest, pk: int, scan_pk: int) -> HttpResponse:
    """Throw away what was uploaded by mistake and is no evidence yet."""
    at = Desk.of(request, pk)
    do(request, _waiting(at, scan_pk).discard, "Unggahan itu dibuang.")
    return redirect(_url(at))
