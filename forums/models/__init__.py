from forums.notices import MODERATE

from .flag import FLAGS_A_DAY, FLAGS_TO_HOLD, Flag, TooManyFlags
from .forum import Forum
from .moderation import Moderation
from .post import Post
from .post_queries import PAGE_SIZE, TooManyPosts
from .reaction import Reaction
from .topic import Topic
from .topic_queries import ForumArchived, TooManyTopics, TopicClosed

__all__ = [
    "FLAGS_A_DAY",
    "FLAGS_TO_HOLD",
    "MODERATE",
    "PAGE_SIZE",
    "Flag",
    "Forum",
    "ForumArchived",
    "Moderation",
    "Post",
    "Reaction",
    "TooManyFlags",
    "TooManyPosts",
    "TooManyTopics",
    "Topic",
    "TopicClosed",
]
