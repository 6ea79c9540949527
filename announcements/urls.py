from django.urls import include, path, re_path

from . import feeds
from .views import articles, budgets, carrying_out, documents, laws, pages, project_map, projects

app_name = "announcements"

_articles = [
    path("", articles.article_list, name="article_list"),
    path("umpan.atom", feeds.article_feed, name="article_feed"),
    path("galeri/", articles.album_list, name="album_list"),
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
_documents = [
    path("", documents.document_list, name="document_list"),
    path("umpan.atom", feeds.document_feed, name="document_feed"),
    re_path(r"^daftar-informasi-publik\.(?P<form>pdf|xlsx|csv)$", documents.list_file, name="list_file"),
    path("dikecualikan/", documents.exempt_list, name="exempt_list"),
    re_path(
        r"^dikecualikan/informasi-dikecualikan\.(?P<form>pdf|xlsx|csv)$",
        documents.exempt_file,
        name="exempt_file",
    ),
    path("produk-hukum/", laws.law_list, name="law_list"),
    path("produk-hukum/produk-hukum.csv", laws.law_data, name="law_data"),
    path("<slug:slug>/", documents.document_detail, name="document_detail"),
    path("<slug:slug>/versi-<int:number>/<str:name>", documents.document_file, name="document_file"),
]
_projects = [
    path("", projects.project_list, name="project_list"),
    path("umpan.atom", projects.project_feed, name="project_feed"),
    re_path(r"^pembangunan\.(?P<form>csv|json)$", projects.project_data, name="project_data"),
    path("peta/", project_map.project_map, name="project_map"),
    path("<slug:slug>/", projects.project_detail, name="project_detail"),
    path("<slug:slug>/serah-terima/berkas/", projects.project_document, name="project_document"),
    path("<slug:slug>/kemajuan/baru/", carrying_out.project_report, name="project_report"),
    re_path(
        rf"^(?P<slug>[-\w]+)/(?P<act>{'|'.join(carrying_out.DEEDS)})/$",
        carrying_out.project_act,
        name="project_act",
    ),
]

_pages = [
    path("", pages.page_list, name="page_list"),
    path("<slug:slug>/", pages.page_detail, name="page_detail"),
]

urlpatterns = [
    path("halaman/", include(_pages)),
    path("informasi/", include(_articles)),
    path("anggaran/", include(_budgets)),
    path("dokumen/", include(_documents)),
    path("pembangunan/", include(_projects)),
]
