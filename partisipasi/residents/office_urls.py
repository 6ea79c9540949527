"""What officials do with people outside of admin, under `/perangkat/`."""

from django.urls import path

from .views import message_lists

urlpatterns = [
    path("pesan/", message_lists.message_lists, name="message_lists"),
    path("pesan/baru/", message_lists.message_list_new, name="message_list_new"),
    path("pesan/<int:pk>/", message_lists.message_list_detail, name="message_list_detail"),
    path("pesan/<int:pk>/hapus/", message_lists.message_list_delete, name="message_list_delete"),
    path("pesan/<int:pk>/<int:message_pk>/sudah/", message_lists.message_told, name="message_told"),
    path("pesan/<int:pk>/<int:message_pk>/batal/", message_lists.message_untold, name="message_untold"),
]
