"""What waits for officials in this room, for *Menunggu Anda*."""

from typing import Any

from django.urls import reverse

from partisipasi.admin import waiting
from partisipasi.admin.waiting import Answer, count_of
from partisipasi.residents.models import Message
from partisipasi.residents.models.message_list import PERM


@waiting("Pesan WhatsApp pada daftar Anda belum disampaikan", perm=PERM)
def messages_waiting(user: Any) -> Answer:
    return count_of(Message.objects.waiting().filter(list__made_by=user), reverse("message_lists"))
