from django.urls import path

from . import views

app_name = "forums"

urlpatterns = [
    path("topik/<int:pk>/tanggapi/", views.post_reply, name="post_reply"),
    path("tanggapan-saya/", views.my_posts, name="my_posts"),
    path("tanggapan/<int:pk>/", views.post_detail, name="post_detail"),
    path("tanggapan/<int:pk>/moderasi/", views.post_moderate, name="post_moderate"),
    path("tanggapan/<int:pk>/tarik/", views.post_withdraw, name="post_withdraw"),
    path("tanggapan/<int:pk>/kembalikan/", views.post_resubmit, name="post_resubmit"),
]
