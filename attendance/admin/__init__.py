from . import activity, kind, trays

__all__ = ["activity", "kind", "trays"]
