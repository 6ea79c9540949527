from .vocabulary import Vocabulary, Word

__all__ = ["Vocabulary", "Word"]
