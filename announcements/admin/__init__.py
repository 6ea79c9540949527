from . import article, budget, category, document, exempt, picture

__all__ = ["article", "budget", "category", "document", "exempt", "picture"]
