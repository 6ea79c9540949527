"""Messages that officials send by WhatsApp, under `/perangkat/pesan/`."""

from django.urls import path

from .views import message_lists

urlpatterns = [
    path("", message_lists.message_lists, name="message_lists"),
    path("baru/", message_lists.message_list_new, name="message_list_new"),
    path("<int:pk>/", message_lists.message_list_detail, name="message_list_detail"),
    path("<int:pk>/hapus/", message_lists.message_list_delete, name="message_list_delete"),
    path("<int:pk>/<int:message_pk>/sudah/", message_lists.message_told, name="message_told"),
    path("<int:pk>/<int:message_pk>/batal/", message_lists.message_untold, name="message_untold"),
]
