from . import article, budget, category, picture

__all__ = ["article", "budget", "category", "picture"]
