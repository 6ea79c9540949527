from .post import Moderation, Post, TooManyPosts
from .topic import Topic, TopicClosed

__all__ = ["Moderation", "Post", "TooManyPosts", "Topic", "TopicClosed"]
