"""Finding what is public by the words that people use: `words` knows the words, `finding` what is found."""

from .finding import Finding, Hit, Kind, find, kinds, public_texts, register
from .words import SYNONYMS, any_of, nearly, query, root, roots, snippet, vector, words

__all__ = [
    "SYNONYMS",
    "Finding",
    "Hit",
    "Kind",
    "any_of",
    "find",
    "kinds",
    "nearly",
    "public_texts",
    "query",
    "register",
    "root",
    "roots",
    "snippet",
    "vector",
    "words",
]
