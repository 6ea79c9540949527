from .area import Area
from .letter import LetterNumber
from .region import Region
from .time import Heartbeat, Holiday
from .village import Host, Village
from .work import FailedWork

__all__ = ["Area", "FailedWork", "Heartbeat", "Holiday", "Host", "LetterNumber", "Region", "Village"]
