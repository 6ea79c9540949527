from .area import Area
from .letter import LetterNumber
from .region import Region
from .time import Heartbeat, Holiday
from .village import Host, Village

__all__ = ["Area", "Heartbeat", "Holiday", "Host", "LetterNumber", "Region", "Village"]
