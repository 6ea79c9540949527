from . import activity, competence, kind, pay, series, training, trays

__all__ = ["activity", "competence", "kind", "pay", "series", "training", "trays"]
