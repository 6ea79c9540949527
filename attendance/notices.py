"""What people are told of activities, and which pages of them may be followed (`partisipasi.residents.notices`)."""

from typing import Any

from partisipasi.residents.notices import followable, register_kind

from .models import Activity


def _visible(user: Any, pk: int) -> Activity | None:
    return Activity.objects.visible_to(user).filter(pk=pk).first()


register_kind("invitation", "Undangan kepada Anda, dan perubahan pada kegiatan yang mengundang Anda")
register_kind("activity", "Kabar dari kegiatan yang Anda ikuti")
followable("attendance:activity_detail", _visible)
