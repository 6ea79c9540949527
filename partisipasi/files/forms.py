"""A form field for files, which checks what was sent while the person can still send something else."""

from collections.abc import Collection
from typing import Any

from django import forms

from .intake import DOCUMENTS, IMAGES, prepare
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


class PhotosInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class PhotosField(StoredFileField):
    """Cleans to a list of at most `most` pictures, each drawn anew without where it was taken."""

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        self.most = most
        super().__init__(allow=IMAGES, widget=PhotosInput(), required=False, **kwargs)

    def clean(self, uploads: Any, initial: Any = None) -> list[Any]:
        sent = uploads if isinstance(uploads, list | tuple) else [uploads]
        photos = [super(PhotosField, self).clean(each, initial) for each in sent if each]
        if len(photos) > self.most:
            raise forms.ValidationError(f"Pilih paling banyak {self.most} foto.")
        return photos
