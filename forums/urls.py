from django.urls import path

from forums import feeds
from forums.views import boards, moderation, posts, topics

app_name = "forums"

urlpatterns = [
    path("", boards.forum_list, name="forum_list"),
    path("umpan.atom", feeds.forum_feed, name="forum_feed"),
    path("aturan/", boards.rules, name="rules"),
    path("cari/", boards.topic_search, name="topic_search"),
    path("moderasi/", moderation.moderation_queue, name="moderation_queue"),
    path("topik/<int:pk>/", topics.topic_detail, name="topic_detail"),
    path("topik/<int:pk>/umpan.atom", feeds.topic_feed, name="topic_feed"),
    path("topik/<int:pk>/tanggapi/", posts.post_reply, name="post_reply"),
    path("topik/<int:pk>/moderasi/", moderation.topic_moderate, name="topic_moderate"),
    path("tanggapan-saya/", posts.my_posts, name="my_posts"),
    path("tanggapan/<int:pk>/", posts.post_detail, name="post_detail"),
    path("tanggapan/<int:pk>/reaksi/", posts.post_react, name="post_react"),
    path("tanggapan/<int:pk>/laporkan/", posts.post_flag, name="post_flag"),
    path("tanggapan/<int:pk>/moderasi/", moderation.post_moderate, name="post_moderate"),
    path("tanggapan/<int:pk>/tarik/", posts.post_withdraw, name="post_withdraw"),
    path("tanggapan/<int:pk>/kembalikan/", posts.post_resubmit, name="post_resubmit"),
    # Forums take the addresses that are left: `forums.models.forum.TAKEN` names the others.
    path("<slug:slug>/", boards.forum_detail, name="forum_detail"),
    path("<slug:slug>/topik-baru/", topics.topic_start, name="topic_start"),
]
