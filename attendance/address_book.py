"""Whom an official finds in the village's address book."""

from typing import Any

from django.db.models import QuerySet

from partisipasi.residents.models import Person
from partisipasi.residents.permissions import coverage


def people_for(user: Any) -> QuerySet[Person]:
    """People who live here still, as far as this official's appointment lets him read of them."""
    reach = coverage(user, "residents.view_person")
    return Person.objects.filter(reach.as_q("region"), retired_at__isnull=True)
