"""Money handed out at an activity: the lists, who gets how much, settling and reopening, and the papers."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from attendance.forms import PayListForm, PayRowsForm, PaySheetForm, ReasonForm
from attendance.models import Activity, PayList, Refusal, total_of
from attendance.pay_sheet import pay_sheet_of
from attendance.sheet import as_pdf, as_xlsx
from attendance.views.doing import do, sent
from partisipasi import clock
from partisipasi.files.downloads import private_file

PAGE_SIZE = 100


def _activity(request: HttpRequest, pk: int, perm: str = "attendance.view_paylist") -> Activity:
    """The activity, if this official's appointment reaches it; else 404."""
    within = Activity.objects.within_reach(request.user, perm)
    return get_object_or_404(within.select_related("kind", "region"), pk=pk)


def _pay_list(request: HttpRequest, pk: int, pay_pk: int, perm: str = "attendance.view_paylist") -> PayList:
    """The list, if this official sees it; else 404. Raises PermissionDenied where he may only read it."""
    activity = _activity(request, pk)
    pay_list: PayList = get_object_or_404(activity.pay_lists, pk=pay_pk)
    pay_list.activity = activity
    if not request.user.has_perm(perm, activity):
        raise PermissionDenied
    return pay_list


def _may(request: HttpRequest, activity: Activity) -> dict[str, bool]:
    return {act: request.user.has_perm(f"attendance.{act}_pay", activity) for act in ("prepare", "settle")}


@require_safe
def pay_lists(request: HttpRequest, pk: int) -> HttpResponse:
    """All lists of money of an activity, each with its sum."""
    activity = _activity(request, pk)
    found = list(activity.pay_lists.order_by("made_at", "pk"))
    for each in found:
        each.activity = activity
    context = {
        "activity": activity,
        "found": [(each, total_of(each.lines())) for each in found],
        "may": _may(request, activity),
    }
    return render(request, "attendance/pay_lists.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def pay_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a list: for what, how much, by which measure, on which days."""
    activity = _activity(request, pk)
    if not request.user.has_perm("attendance.prepare_pay", activity):
        raise PermissionDenied
    form = PayListForm(sent(request))
    if form.is_valid():
        told = form.told
        told.activity = activity
        try:
            made = PayList.objects.begin(told, by=request.user, nonce=form.cleaned_data["nonce"])  # type: ignore[arg-type]
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(made)
    context = {"activity": activity, "form": form}
    return render(request, "attendance/pay_edit.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def pay_change(request: HttpRequest, pk: int, pay_pk: int) -> HttpResponse:
    """Change the head of a list that is not settled."""
    pay_list = _pay_list(request, pk, pay_pk, "attendance.prepare_pay")
    form = PayListForm(sent(request), change=pay_list)
    if form.is_valid():
        try:
            pay_list.change(form.told)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Perubahan disimpan.")
            return redirect(pay_list)
    context = {"activity": pay_list.activity, "pay_list": pay_list, "form": form}
    return render(request, "attendance/pay_edit.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def pay_detail(request: HttpRequest, pk: int, pay_pk: int) -> HttpResponse:
    """Who stands on the list and gets how much; who prepares it changes single lines here."""
    perm = "attendance.prepare_pay" if request.method == "POST" else "attendance.view_paylist"
    pay_list = _pay_list(request, pk, pay_pk, perm)
    lines = pay_list.lines()
    page = Paginator(lines, PAGE_SIZE).get_page(request.GET.get("halaman"))
    may = _may(request, pay_list.activity)
    is_open = may["prepare"] and not pay_list.settled_at
    form = PayRowsForm(sent(request), lines=list(page) if is_open else [])
    if form.is_valid():
        do(request, lambda: _changed(pay_list.set_rows(form.wanted)))
        return redirect(f"{pay_list.get_absolute_url()}?halaman={page.number}")
    printing = PaySheetForm(request.GET, pay_list=pay_list)
    context: dict[str, Any] = {
        "activity": pay_list.activity,
        "pay_list": pay_list,
        "page": page,
        "form": form if is_open else None,
        "lines": list(page),
        "count": sum(bool(line.amount) for line in lines),
        "total": total_of(lines),
        "worked": sum(line.worked for line in lines),
        "may": may,
        "printing": printing,
    }
    is_wrong = form.is_bound or not printing.is_valid()
    return render(request, "attendance/pay_detail.html", context, status=422 if is_wrong else 200)


def _changed(count: int) -> str:
    return f"{count} baris diubah." if count else "Tidak ada yang berubah."


@require_http_methods(["GET", "HEAD", "POST"])
def pay_settle(request: HttpRequest, pk: int, pay_pk: int) -> HttpResponse:
    """Say that it was paid as it stands, after a look at the sum."""
    pay_list = _pay_list(request, pk, pay_pk, "attendance.settle_pay")
    if request.method == "POST":
        do(request, lambda: pay_list.settle(request.user), "Pembayaran tercatat selesai.")  # type: ignore[arg-type]
        return redirect(pay_list)
    lines = [line for line in pay_list.lines() if line.amount]
    context = {
        "activity": pay_list.activity,
        "pay_list": pay_list,
        "count": len(lines),
        "total": total_of(lines),
    }
    return render(request, "attendance/pay_settle.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def pay_reopen(request: HttpRequest, pk: int, pay_pk: int) -> HttpResponse:
    """Correct what was settled, with a reason."""
    pay_list = _pay_list(request, pk, pay_pk, "attendance.settle_pay")
    form = ReasonForm(sent(request), help_text="Tercatat bersama nama Anda; warga tidak membacanya.")
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        do(request, lambda: pay_list.reopen(reason, request.user), "Daftar dibuka kembali.")  # type: ignore[arg-type]
        return redirect(pay_list)
    context = {"activity": pay_list.activity, "pay_list": pay_list, "form": form}
    return render(request, "attendance/pay_reopen.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def pay_discard(request: HttpRequest, pk: int, pay_pk: int) -> HttpResponse:
    """What taking away a list means that was never paid, and doing it."""
    pay_list = _pay_list(request, pk, pay_pk, "attendance.prepare_pay")
    if request.method != "POST":
        context = {"activity": pay_list.activity, "pay_list": pay_list}
        return render(request, "attendance/pay_discard.html", context)
    do(request, pay_list.discard, "Daftar dihapus.")
    return redirect("attendance:pay_lists", pk=pk)


def _paper(request: HttpRequest, pk: int, pay_pk: int, write: Any, extension: str) -> HttpResponse:
    pay_list = _pay_list(request, pk, pay_pk)
    form = PaySheetForm(request.GET, pay_list=pay_list)
    if not form.is_valid():
        return pay_detail(request, pk, pay_pk)
    content = write(pay_sheet_of(pay_list, form.options), at=pay_list.settled_at or clock.now())
    return private_file(
        content, f"{pay_list.paper}-{slugify(pay_list.purpose)[:60] or pay_list.pk}{extension}"
    )


@require_safe
def pay_pdf(request: HttpRequest, pk: int, pay_pk: int) -> HttpResponse:
    return _paper(request, pk, pay_pk, as_pdf, ".pdf")


@require_safe
def pay_xlsx(request: HttpRequest, pk: int, pay_pk: int) -> HttpResponse:
    return _paper(request, pk, pay_pk, as_xlsx, ".xlsx")
