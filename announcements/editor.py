"""The editor with which clerks write formatted text, limited to what `rich_text` lets stand."""

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django_prose_editor.fields import ProseEditorFormField
from django_prose_editor.widgets import (
    AdminProseEditorWidget,
    prose_editor_admin_media,
    prose_editor_js,
    prose_editor_media,
    prose_editor_presets,
)
from js_asset import Media, Script

from announcements import rich_text

_TOOLBAR = ("headings", "lists", "marks", "link", "nodes -blockType -lists", "table", "history")


def _extensions() -> dict[str, Any]:
    return {
        "Menu": {"groups": [{"group": group} for group in _TOOLBAR]},
        "Heading": {"levels": list(rich_text.HEADING_LEVELS)},
        **dict.fromkeys(("Bold", "Italic", "Underline", "BulletList", "OrderedList", "ListItem"), True),
        **dict.fromkeys(("Blockquote", "HardBreak", "HorizontalRule"), True),
        "Link": {"enableTarget": False, "protocols": list(rich_text.LINK_SCHEMES)},
        **dict.fromkeys(("Table", "TableRow", "TableHeader", "TableCell", "Image", "Caption"), True),
        "Figure": {"pickerUrl": reverse_lazy("admin:announcements_picture_pick")},
    }


# Before the module that makes editors.
_styled = Script("js/rich_text_style.js", type="module")
_own_media = Media(
    js=[Script("js/rich_text.js"), prose_editor_js, _styled, *prose_editor_presets()["configurable"][1:]],
    css={"all": ["django_prose_editor/overrides.css", "css/editor.css"]},
)


class RichTextWidget(AdminProseEditorWidget):
    """The editor, its buttons named in Indonesian."""

    @property
    def media(self) -> Media:
        return prose_editor_media(base=prose_editor_admin_media + _own_media, preset=self.preset)


class RichTextField(ProseEditorFormField):
    """Cleans to formatted text of which only the allow-list is left."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            extensions=_extensions(), sanitize=rich_text.clean, **{"widget": RichTextWidget} | kwargs
        )

    def clean(self, text: str | None) -> str:
        cleaned = super().clean(text)
        # What is left of nothing but empty paragraphs is nothing.
        if self.required and not cleaned:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return cleaned
