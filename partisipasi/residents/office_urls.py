"""Who answers for what, under `/perangkat/`."""

from django.urls import path

from .views import offices

urlpatterns = [
    path("", offices.office_list, name="office_list"),
    path("bagan/", offices.office_chart, name="office_chart"),
    path("cetak/", offices.office_print, name="office_print"),
    path("lembaga/", offices.body_list, name="body_list"),
    path("<int:pk>/", offices.office_detail, name="office_detail"),
]
