"""How a report comes in: from a form on the portal, or typed in by an official who was told it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

from django.db import IntegrityError, models, transaction

from feedback import tracking
from partisipasi import clock
from partisipasi.db import current_village
from partisipasi.ledger.chain import record

from .event import Act
from .photo import ReportPhoto
from .refusals import TooManyReports
from .report_queries import ReportQuerySet
from .standing import office_of

if TYPE_CHECKING:
    from announcements.models import Project
    from partisipasi.residents.models import Person, User
    from partisipasi.village.models import Region

    from .category import Category
    from .report import Report

FROM_ONE_ACCOUNT = 10
"""Reports a day; nobody has more to tell, and a household's phone serves several accounts."""


class Disclosure(models.TextChoices):
    """Who may know whose report it is."""

    OPEN = "terbuka", "atas nama sendiri"
    CONFIDENTIAL = "rahasia", "rahasia"
    ANONYMOUS = "anonim", "anonim"


class Channel(models.TextChoices):
    """By which way it came in; all but the portal are typed in by an official."""

    WEB = "web", "portal"
    COUNTER = "loket", "loket kantor desa"
    RT = "rt", "ketua RT/RW"
    PHONE = "telepon", "telepon"
    WHATSAPP = "wa", "WhatsApp"


@dataclass(frozen=True)
class Receipt:
    """What the reporter takes home: the report and the PIN that opens it, which is kept nowhere."""

    report: "Report"
    pin: str


class Receiving(ReportQuerySet):
    """The verb by which reports begin."""

    def receive(
        self,
        *,
        kind: str,
        category: "Category",
        title: str,
        body: str,
        region: "Region | None" = None,
        project: "Project | None" = None,
        disclosure: str = Disclosure.OPEN,
        reporter: "User | None" = None,
        person: "Person | None" = None,
        told_name: str = "",
        told_phone: str = "",
        channel: str = Channel.WEB,
        typed_by: "User | None" = None,
        photos: Sequence[Any] = (),
        captions: Sequence[str] = (),
        held: bool = False,
        nonce: uuid.UUID | None = None,
    ) -> Receipt:
        """Take a report in and promise when it will be dealt with. The same nonce again is the same report.

        By account it is the `reporter`'s; typed in for somebody of the address book it is the `person`'s. An anonymous
        report keeps nothing of who sent it, whatever is passed. `held` ones wait for an official's look
        before they count. Raises TooManyReports, and Refused for a file that is no picture.
        """
        nonce = nonce or uuid.uuid4()
        if disclosure == Disclosure.ANONYMOUS:
            reporter = person = None
            told_name = told_phone = ""
        if earlier := self.filter(nonce=nonce).first():
            return Receipt(earlier, tracking.pin_of(nonce))
        if reporter and not typed_by:
            self._refuse_a_flood(reporter)
        fields: dict[str, Any] = {
            "kind": kind,
            "category": category,
            "title": title,
            "body": body,
            "region": region,
            "project": project,
            "disclosure": disclosure,
            "reporter": reporter,
            "person": person,
            "told_name": told_name,
            "told_phone": told_phone,
            "channel": channel,
            "typed_by": typed_by,
            "typed_by_office": office_of(typed_by),
            "held_at": clock.now() if held else None,
            "nonce": nonce,
        }
        try:
            with transaction.atomic():
                report = self._begin(fields, photos, captions)
        except IntegrityError:  # the same form, sent twice at the same moment
            earlier = self.filter(nonce=nonce).first()
            if earlier is None:
                raise
            report = earlier
        return Receipt(report, tracking.pin_of(nonce))

    def _refuse_a_flood(self, reporter: "User") -> None:
        since = clock.now() - timedelta(days=1)
        if self.filter(reporter=reporter, typed_by=None, received_at__gt=since).count() >= FROM_ONE_ACCOUNT:
            raise TooManyReports

    def _begin(self, fields: dict[str, Any], photos: Sequence[Any], captions: Sequence[str]) -> "Report":
        report = cast("Report", self.model(**fields))
        village = current_village()
        report.code = tracking.new_code(village.name)
        report.pin_hash = tracking.pin_fingerprint(village.pk, report.code, tracking.pin_of(report.nonce))
        report.received_at, report.deadline = clock.now(), report.category.deadline
        report.promise()
        report.save(force_insert=True)
        ReportPhoto.objects.add(report, photos, captions)
        report.tell(Act.RECEIVED, by=report.typed_by)
        if not report.held_at:
            told = f"{report.get_kind_display().capitalize()} baru {report.code} menunggu verifikasi."
            report.tell_officials("feedback.verify_report", told)
        facts = {
            "kind": report.kind,
            "channel": report.channel,
            "deadline": report.deadline,
            "verify_due": report.verify_due_on,
            "follow_up_due": report.follow_up_due_on,
            "done_due": report.done_due_on,
            "calendar": report.calendar_digest,
        }
        record("report.received", report, facts, sealed={"title": report.title, "body": report.body})
        return report
