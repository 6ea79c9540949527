from . import activity, competence, kind, training, trays

__all__ = ["activity", "competence", "kind", "training", "trays"]
