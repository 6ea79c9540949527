from django.urls import path

from . import feeds, views

app_name = "announcements"
urlpatterns = [
    path("", views.article_list, name="article_list"),
    path("umpan.atom", feeds.article_feed, name="article_feed"),
    path("<slug:slug>/", views.article_detail, name="article_detail"),
    path("<slug:slug>/dibaca.gif", views.article_read, name="article_read"),
    path("<slug:slug>/lampiran/<int:pk>/<str:name>", views.attachment_detail, name="attachment"),
]
