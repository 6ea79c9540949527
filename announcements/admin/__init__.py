from . import article, budget, category, document, exempt, page, picture, project

__all__ = ["article", "budget", "category", "document", "exempt", "page", "picture", "project"]
