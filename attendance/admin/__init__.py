from . import activity, competence, kind, series, training, trays

__all__ = ["activity", "competence", "kind", "series", "training", "trays"]
