"""A form field for files, which checks what was sent while the person can still send something else."""

from collections.abc import Collection
from typing import Any

from django import forms

from .intake import DOCUMENTS, prepare
from .pictures import LONGEST_SIDE
from .recognition import EXTENSIONS, MAX_BYTES, accepted_words


class StoredFileField(forms.FileField):
    """Cleans to the upload, accepted by content; the model's verb hands it to `files.intake.store`."""

    def __init__(
        self, *, allow: Collection[str] = DOCUMENTS, longest_side: int = LONGEST_SIDE, **kwargs: Any
    ) -> None:
        self.allow = allow
        self.longest_side = longest_side
        kwargs.setdefault("help_text", f"{accepted_words(allow)}; paling besar {MAX_BYTES // 1024**2} MB.")
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        accepted = [EXTENSIONS[kind] for kind in EXTENSIONS if kind in self.allow]
        return super().widget_attrs(widget) | {"accept": ",".join([*accepted, *sorted(self.allow)])}

    def to_python(self, upload: Any) -> Any:
        """The upload, or None. Raises Refused (a ValidationError) for what is not taken."""
        checked: Any = super().to_python(upload)
        if checked:
            checked.prepared = prepare(checked, allow=self.allow, longest_side=self.longest_side)
        return checked
