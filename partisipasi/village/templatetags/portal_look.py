"""Small parts of the look that templates cannot say alone: icons by meaning, the village's own colours."""

import hashlib

from django import template
from django.urls import reverse
from heroicons.templatetags.heroicons import heroicon_outline

from partisipasi.village.models import Village

register = template.Library()

_ICONS = {
    "done": "check-circle",
    "notice": "information-circle",
    "warning": "clock",
    "danger": "exclamation-triangle",
    "neutral": "minus-circle",
    "decision": "scale",
    "official": "building-office-2",
}
_CALLOUTS = {"success": "done", "warning": "warning", "error": "danger"}
_FILE_ICONS = {"image": "photo", "video": "film", "audio": "speaker-wave"}
_SHEETS = ("spreadsheet", "excel", "csv")


@register.simple_tag
def kind_icon(kind: str, size: int = 20) -> str:
    """The icon of a state or callout; decorative, for the word stands beside it."""
    return heroicon_outline(_ICONS[kind], size=size, **{"aria-hidden": "true"})


@register.simple_tag
def file_icon(media_type: str, size: int = 28) -> str:
    """The icon of a file by what it is; decorative, for its kind is written beside it."""
    if any(word in media_type for word in _SHEETS):
        name = "table-cells"
    else:
        name = _FILE_ICONS.get(media_type.partition("/")[0], "document-text")
    return heroicon_outline(name, size=size, **{"aria-hidden": "true"})


@register.filter
def callout_kind(level_tag: str) -> str:
    """The callout of a message of Django's: success → done, error → danger, the rest notices."""
    return _CALLOUTS.get(level_tag, "notice")


@register.filter
def bar_width(percent: int) -> str:
    """The width of a bar of so many per cent, which never leaves its frame."""
    return f"{min(max(percent, 0), 100)}%"


@register.simple_tag
def appearance_url(village: Village | None) -> str:
    """Where the village's own accent is served; nothing if it wears the portal's. Changes with the colour."""
    return _versioned("village_appearance", village.accent if village else "")


@register.simple_tag
def emblem_url(village: Village | None) -> str:
    """Where the village's emblem is served; nothing if it has none. Changes with the file."""
    return _versioned("village_emblem", village.logo.name if village else "")


def _versioned(view: str, content: str | None) -> str:
    if not content:
        return ""
    return f"{reverse(view)}?v={hashlib.sha256(content.encode()).hexdigest()[:10]}"
