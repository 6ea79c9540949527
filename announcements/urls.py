from django.urls import include, path, re_path

from . import feeds
from .views import articles, budgets

app_name = "announcements"

_articles = [
    path("", articles.article_list, name="article_list"),
    path("umpan.atom", feeds.article_feed, name="article_feed"),
    path("<slug:slug>/", articles.article_detail, name="article_detail"),
    path("<slug:slug>/dibaca.gif", articles.article_read, name="article_read"),
    path("<slug:slug>/lampiran/<int:pk>/<str:name>", articles.attachment_detail, name="attachment"),
]
_budgets = [
    path("", budgets.budget_list, name="budget_list"),
    path("<int:year>/", budgets.budget_year, name="budget_year"),
    path("<int:year>/belanja/<str:field>/", budgets.budget_field, name="budget_field"),
    re_path(r"^(?P<year>\d{4})/(?P<part>pendapatan|pembiayaan)/$", budgets.budget_part, name="budget_part"),
    re_path(r"^(?P<year>\d{4})/(?P<form>a3|baliho)\.pdf$", budgets.budget_poster, name="budget_poster"),
    re_path(r"^(?P<year>\d{4})/apbdes\.(?P<form>csv|json)$", budgets.budget_data, name="budget_data"),
]

urlpatterns = [path("informasi/", include(_articles)), path("anggaran/", include(_budgets))]
