from . import article, budget, category, document, exempt, picture, project

__all__ = ["article", "budget", "category", "document", "exempt", "picture", "project"]
