from . import article, category, picture

__all__ = ["article", "category", "picture"]
