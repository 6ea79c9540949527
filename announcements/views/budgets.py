"""The pages of the village's budget: where its money comes from, and for what it goes."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from announcements.budget.codes import FINANCING, INCOME, SPENDING
from announcements.budget.open_data import COLUMNS, rows_of
from announcements.budget.poster import poster
from announcements.budget.tree import Branch, Tree, tree_of
from announcements.models import Budget, BudgetLine, Project
from partisipasi import spreadsheet
from partisipasi.typeset import NotTypesettable
from partisipasi.village.words import rupiah, share

HUNDRED_THOUSAND = 100_000
PARTS = {"pendapatan": INCOME, "pembiayaan": FINANCING}


@dataclass(frozen=True)
class Opened:
    """The version that a page speaks of, among those of its year."""

    budget: Budget
    versions: list[Budget]
    is_newest: bool

    def address(self, path: str) -> str:
        return path if self.is_newest else f"{path}?versi={self.budget.pk}"


def opened(request: HttpRequest, year: int) -> Opened:
    """The newest version of the year that this visitor may read, or the one that is asked for. Raises Http404."""
    versions = list(Budget.objects.visible_to(request.user).filter(year=year).latest_first())
    # What is not published is for preview, and never what everybody gets.
    published = [each for each in versions if each.published_at]
    newest = (published or versions or [None])[0]
    if newest is None:
        raise Http404
    asked = request.GET.get("versi")
    chosen = next((each for each in versions if str(each.pk) == asked), None) if asked else newest
    if chosen is None:
        raise Http404
    return Opened(chosen, versions, chosen is newest)


@login_not_required
@require_safe
def budget_list(request: HttpRequest) -> HttpResponse:
    """Every year with its newest budget."""
    context = {"budgets": Budget.objects.published().of_years()}
    return render(request, "announcements/budget_list.html", context)


@login_not_required
@require_safe
def budget_year(request: HttpRequest, year: int) -> HttpResponse:
    at = opened(request, year)
    tree = tree_of(at.budget.lines.all())
    before = Budget.objects.published().filter(year=year - 1).latest_first().first()
    context = _frame(request, at) | {
        "tree": tree,
        "income": _shares(tree.income, _sums(before, INCOME), {}),
        "spending": _shares(tree.spending, _sums(before, SPENDING), _fields(at, tree)),
        "funds": _shares(Branch("", "", tree.spending.amount, children=tree.funds), {}, {}),
        "before": before,
        "income_source": _of_planned(tree.income),
        "spending_source": _of_planned(tree.spending),
        "of_hundred_thousand": _of_hundred_thousand(tree.spending),
    }
    return _shown(request, at, "announcements/budget_year.html", context)


@login_not_required
@require_safe
def budget_part(request: HttpRequest, year: int, part: str) -> HttpResponse:
    """All lines of the income, or of the financing."""
    at = opened(request, year)
    tree = tree_of(at.budget.lines.filter(section=PARTS[part]))
    branch = tree.income if part == "pendapatan" else tree.financing
    return _shown(request, at, "announcements/budget_part.html", _frame(request, at) | {"branch": branch})


@login_not_required
@require_safe
def budget_field(request: HttpRequest, year: int, field: str) -> HttpResponse:
    """All lines of one *bidang*, each activity with the projects that it pays for."""
    at = opened(request, year)
    lines = at.budget.lines.filter(section=SPENDING, activity__startswith=field)
    branch = tree_of(lines).spending.child(field)
    if not branch:
        raise Http404
    projects = Project.objects.of_budget(year)
    for group in branch.branches:
        for activity in group.branches:
            activity.projects = projects.get(activity.code, [])
    return _shown(request, at, "announcements/budget_part.html", _frame(request, at) | {"branch": branch})


@login_not_required
@require_safe
def budget_data(request: HttpRequest, year: int, form: str) -> HttpResponse:
    """The details as open data, with what its columns mean."""
    at = opened(request, year)
    rows = rows_of(at.budget)
    name = f"apbdes-{year}-{at.budget.stage}-{at.budget.version}.{form}"
    if form == "csv":
        response = HttpResponse(
            spreadsheet.as_csv([[*COLUMNS], *rows]), content_type="text/csv; charset=utf-8"
        )
    else:
        told = {
            "village": request.village.code,  # type: ignore[attr-defined]
            "year": at.budget.year,
            "stage": at.budget.stage,
            "version": at.budget.version,
            "regulation": at.budget.regulation,
            "columns": COLUMNS,
            "lines": [dict(zip(COLUMNS, row, strict=True)) for row in rows],
        }
        response = JsonResponse(told, json_dumps_params={"ensure_ascii": False})
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return _private(at, response)


@login_not_required
@require_safe
def budget_poster(request: HttpRequest, year: int, form: str) -> HttpResponse:
    """The poster for the wall, or for the street."""
    at = opened(request, year)
    try:
        pdf = poster(at.budget, form)
    except NotTypesettable:
        messages.error(
            request, "Poster tidak dapat dibuat. Coba lagi; bila tetap gagal, periksa lambang desa."
        )
        return redirect(at.address(at.budget.get_absolute_url()))
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="anggaran-{year}-{form}.pdf"'
    return _private(at, response)


def _shown(request: HttpRequest, at: Opened, template: str, context: dict[str, Any]) -> HttpResponse:
    return _private(at, render(request, template, context))


def _private(at: Opened, response: HttpResponse) -> HttpResponse:
    if not at.budget.published_at:
        add_never_cache_headers(response)
    return response


def _frame(request: HttpRequest, at: Opened) -> dict[str, Any]:
    year, own = at.budget.year, at.budget
    return {
        "budget": own,
        "versions": at.versions,
        "is_newest": at.is_newest,
        "newest_address": own.get_absolute_url(),
        "address": request.village.url(at.address(own.get_absolute_url())),  # type: ignore[attr-defined]
        "back": at.address(own.get_absolute_url()),
        "income_address": at.address(reverse("announcements:budget_part", args=[year, "pendapatan"])),
        "financing_address": at.address(reverse("announcements:budget_part", args=[year, "pembiayaan"])),
        "posters": [
            (words, at.address(reverse("announcements:budget_poster", args=[year, form])))
            for words, form in (("poster A3", "a3"), ("baliho 3 × 2 meter", "baliho"))
        ],
        "data": [
            (form.upper(), at.address(reverse("announcements:budget_data", args=[year, form])))
            for form in ("csv", "json")
        ],
    }


@dataclass(frozen=True)
class Share:
    """One branch as a part of its whole, beside the same of the year before."""

    name: str
    amount: Decimal
    whole: Decimal
    before: Decimal | None
    url: str

    @property
    def percent(self) -> str:
        return share(self.amount, self.whole)


def _shares(whole: Branch, before: dict[str, Decimal], addresses: dict[str, str]) -> list[Share]:
    return [
        Share(
            branch.name,
            branch.amount,
            whole.amount,
            before.get(branch.code, Decimal(0)) if before else None,
            addresses.get(branch.code, ""),
        )
        for branch in whole.children
    ]


def _fields(at: Opened, tree: Tree) -> dict[str, str]:
    year = at.budget.year
    return {
        branch.code: at.address(reverse("announcements:budget_field", args=[year, branch.code]))
        for branch in tree.spending.children
    }


def _sums(budget: Budget | None, section: str) -> dict[str, Decimal]:
    """The sums of another year by the same branches, added up by the database."""
    if not budget:
        return {}
    lines = BudgetLine.objects.filter(budget=budget, section=section, is_group=False)
    found: dict[str, Decimal] = {}
    by = "activity" if section == SPENDING else "account"
    for code, amount in lines.order_by(by).values_list(by).annotate(Sum("amount")):
        key = code.split(".")[0] if section == SPENDING else ".".join(code.split(".")[:2])
        found[key] = found.get(key, Decimal(0)) + amount
    return found


def _of_planned(branch: Branch) -> str:
    return f"{share(branch.spent, branch.planned)} dari {rupiah(branch.planned)} yang dianggarkan"


def _of_hundred_thousand(spending: Branch) -> list[tuple[str, int]]:
    """Of every Rp100.000 that is spent, how much goes where: the largest first, in whole hundreds of rupiah."""
    if not spending.amount:
        return []
    parts = [
        (branch.name, int((branch.amount * HUNDRED_THOUSAND / spending.amount) / 100) * 100)
        for branch in spending.children
    ]
    return sorted(parts, key=lambda part: -part[1])
