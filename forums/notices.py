"""Who hears of what happens in the forums, and in which words (`partisipasi.residents.notices`).

Each verb tells before it records. A post is told of once, however often it is held and let through again.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from partisipasi.residents.models import Notice
from partisipasi.residents.notices import (
    follow_by_taking_part,
    followable,
    leads_to,
    officials,
    register_kind,
    tell,
    tell_followers,
)

if TYPE_CHECKING:
    from partisipasi.residents.models import User

    from .models import Moderation, Post, Topic

REPLY, TOPIC, ANSWER, MODERATION, QUEUE, FLAG = (
    "reply",
    "topic",
    "answer",
    "moderation",
    "moderation-queue",
    "flag",
)
MODERATE = "forums.moderate_post"
KINDS = {
    REPLY: "Tanggapan baru pada halaman yang Anda ikuti",
    TOPIC: "Topik baru di forum yang Anda ikuti",
    ANSWER: "Jawaban atas tanggapan Anda",
    MODERATION: "Keputusan moderator tentang tulisan Anda",
    FLAG: "Keputusan tentang tanggapan yang Anda laporkan",
    QUEUE: "Tulisan yang menunggu moderasi (bagi moderator)",
}


def register() -> None:
    """Declare the kinds of notices and the pages that may be followed. Called at start-up."""
    from .models import Forum, Post, Topic

    for kind, label in KINDS.items():
        register_kind(kind, label)
    followable("forums:topic_detail", lambda user, pk: Topic.objects.visible_to(user).filter(pk=pk).first())
    followable("forums:forum_detail", lambda user, slug: Forum.objects.filter(slug=slug).first())
    leads_to("forums:post_detail", lambda user, pk: Post.objects.reachable_by(user).filter(pk=pk).first())


def author_follows(post: "Post") -> None:
    """Whoever writes in a topic hears what is said there, unless he gave it up."""
    follow_by_taking_part(post.author, post.topic.path, post.topic.title)


def post_appeared(post: "Post") -> None:
    """Those who follow its topic hear of a reply, and whoever it answers; those who follow the forum, of a topic."""
    topic, key = post.topic, f"post-{post.pk}"
    if post.is_opening and topic.forum:
        text = f"{post.author_name} membuka topik “{topic.title}” di forum {topic.forum}."
        forum = topic.forum.get_absolute_url()
        tell_followers(forum, TOPIC, text, path=topic.path, but=post.author, key=key)
        return
    if post.reply_to:
        text = f"{post.author_name} menjawab tanggapan Anda pada “{topic.title}”."
        path = post.get_absolute_url()
        tell([post.reply_to.author], ANSWER, text, path=path, but=post.author, key=key)
    text = f"{post.author_name} menanggapi “{topic.title}”."
    path = post.get_absolute_url()
    tell_followers(topic.path, REPLY, text, path=path, but=post.author, key=key)


def post_waits(post: "Post") -> None:
    """Moderators hear that somebody's first words wait for them."""
    _tell_moderators(post, f"Tulisan baru pada “{post.topic.title}” menunggu moderasi.")


def post_was_flagged(post: "Post") -> None:
    """Moderators hear of the first open flag of a post; who it was they read in the queue."""
    if post.flags.open().count() == 1:
        _tell_moderators(post, f"Warga melaporkan tulisan pada “{post.topic.title}”.")


def _tell_moderators(post: "Post", text: str) -> None:
    """One word is enough until a moderator has been at the queue: whoever has an unread one hears no more."""
    told = Notice.objects.unread().filter(kind=QUEUE).values_list("recipient", flat=True)
    waiting = [each for each in officials(MODERATE, post.place) if each.pk not in set(told)]
    tell(waiting, QUEUE, text, path=reverse("forums:moderation_queue"), but=post.author)


def flags_were_decided(post: "Post", flaggers: "Iterable[User]", *, upheld: bool) -> None:
    """Those who flagged a post hear what a moderator decided."""
    text = (
        f"Tanggapan pada “{post.topic.title}” yang Anda laporkan disembunyikan moderator. Terima kasih."
        if upheld
        else f"Tanggapan pada “{post.topic.title}” yang Anda laporkan tetap tayang: moderator menilainya sesuai aturan."
    )
    tell(flaggers, FLAG, text, path=reverse("forums:rules") if upheld else post.get_absolute_url())


def post_was_moderated(post: "Post", act: "Moderation.Act", reason: str, *, by: "User | None") -> None:
    """Its author hears what was done with it, and why; of flags that came to nothing he hears nothing."""
    if by:
        Notice.objects.of(by).filter(kind=QUEUE).mark_read()
    if act == act.DISMISS:
        return
    whom = "moderator" if by else "sementara"
    what = f"Tulisan Anda pada “{post.topic.title}” {act.label} {whom}."
    _tell_author(post.author, what, reason, by)


def topic_was_moderated(topic: "Topic", act: "Moderation.Act", reason: str, *, by: "User") -> None:
    """Its author hears what was done with the topic, and why; not that it stands no longer first."""
    if topic.author and act != act.UNPIN:
        _tell_author(topic.author, f"Topik Anda “{topic.title}” {act.label} moderator.", reason, by)


def _tell_author(author: Any, what: str, reason: str, by: "User | None") -> None:
    text = f"{what} Alasan: {reason}" if reason else what
    tell([author], MODERATION, text, path=reverse("forums:my_posts"), but=by)
