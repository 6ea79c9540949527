"""The demo's activities: announced, held, signed, closed, and their papers put into the evidence bundle."""

import random
from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import cache, partial
from typing import Any

from django.core.files.base import ContentFile

from attendance.due import note_late_reports
from attendance.models import (
    Activity,
    ActivityKind,
    Attendance,
    Evidence,
    Guest,
    Invitation,
    PrintedSheet,
    Scanned,
    Session,
    SignedScan,
)
from attendance.models.desk_queue import take_in
from attendance.models.tap import Tap
from attendance.public_roster import public_sheet_of
from attendance.roster import Filling, SheetOptions, sheet_of
from attendance.sheet import as_pdf
from partisipasi import clock
from partisipasi.pdf_pages import count_pages
from partisipasi.residents.models import Person, Role
from partisipasi.village.words import full_date

from . import content as told
from . import papers, pictures, postponing
from .founding import unsur_named
from .story import Story

KINDS = {
    "Musyawarah Desa": "musdes",
    "Musrenbangdes": "musrenbangdes",
    "Musrenbang Desa": "musrenbangdes",
    "Musyawarah Dusun": "musdus",
    "Rapat BPD": "rapat-bpd",
    "Pelatihan": "pelatihan",
    "Sosialisasi": "sosialisasi",
    "Kerja Bakti": "kerja-bakti",
}
EVIDENCE = {
    "undangan": (Evidence.Kind.INVITATION, "Undangan"),
    "daftar hadir": (Evidence.Kind.ATTENDANCE, "Daftar hadir"),
    "notulen": (Evidence.Kind.MINUTES, "Notulen"),
    "berita acara": (Evidence.Kind.AGREEMENT, "Berita acara"),
    "dokumentasi": (Evidence.Kind.DOCUMENTATION, "Foto kegiatan"),
    "risalah": (Evidence.Kind.VERBATIM, "Risalah"),
    "laporan": (Evidence.Kind.REPORT, "Laporan penyelenggaraan"),
}
DAYS_TO_FILE = {"laporan": 6, "risalah": 6}
"""A day after the gathering for all others."""


def plan(story: Story, told_activity: told.Activity) -> None:
    """Put everything that happens with one activity into the story."""
    Gathering(story, told_activity).plan()


class Gathering:
    """One activity of the texts on its way through the verbs."""

    def __init__(self, story: Story, texts: told.Activity) -> None:
        self.story, self.texts = story, texts
        self.activity: Activity
        self.by = story.account_of(Role.SECRETARY)

    def plan(self) -> None:
        story, texts = self.story, self.texts
        announced = story.moment(texts.announced_days_ago, time(10))
        story.happens(announced, self.announce)
        if texts.postponed:
            postponing.plan(self, texts.postponed)
        for number, session in enumerate(texts.sessions):
            self._plan_session(number, session)
        last = texts.sessions[-1]
        ended = story.moment(last.days_ago, last.ends)
        story.happens(ended + timedelta(minutes=40), self.close)
        for number, evidence in enumerate(texts.evidence):
            after = timedelta(days=DAYS_TO_FILE.get(evidence.kind, 1))
            filed = announced if evidence.kind == "undangan" else ended + after
            story.happens(filed + timedelta(minutes=10 + number), partial(self.file_evidence, evidence))
        if texts.scan_lacks:
            story.happens(ended + timedelta(days=2), self.bring_part_of_scan)
        # Whose report is late is told as it is in life, on the day after.
        story.happens(story.moment(last.days_ago - 14, time(6)), note_late_reports)

    def hours(self, session: told.Session) -> tuple[datetime, datetime]:
        """When that sitting begins and ends."""
        starts, ends = (self.story.moment(session.days_ago, at) for at in (session.starts, session.ends))
        return starts, ends

    def _plan_session(self, number: int, session: told.Session) -> None:
        begins = self.story.moment(session.days_ago, session.starts)
        arrivals = session.attendances
        for place in range(arrivals):
            # Most come in the quarter hour before the beginning, some late.
            arrival = begins + timedelta(minutes=-20 + 45 * place / max(arrivals, 1))
            self.story.happens(arrival, partial(self.check_in, number, session, place))
        for place, late in enumerate(session.late):
            heard = self.story.moment(late.days_ago, time(16, 20))
            self.story.happens(heard, partial(self.hear_late, number, session, place))

    def announce(self) -> None:
        story, texts = self.story, self.texts
        at = story.moment(texts.announced_days_ago, time(10))
        self.activity = Activity(
            kind=ActivityKind.objects.get(code=KINDS[texts.kind]),
            title=story.fill(texts.title, at),
            agenda=story.fill(texts.agenda, at),
            venue=texts.place,
            region=story.regions[(texts.dusun,)] if texts.dusun else None,
            organiser=story.body_name(texts.organiser),
            indicator=texts.indicator,
            created_by=self.by,
        )
        self.activity.take_from_kind()
        self.activity.save()
        for session in texts.sessions:
            if texts.postponed:
                session = replace(session, days_ago=texts.postponed.days_ago)
            self.activity.add_session(*self.hours(session))
        people = [story.people[one.key] for one in story.texts.invitees(texts)]
        self.activity.invite_all(people, by=self.by)
        self.activity.announce(self.by)
        story.addresses["kegiatan", texts.key] = self.activity.get_absolute_url()

    # At the desk

    def check_in(self, number: int, session: told.Session, place: int) -> None:
        """The person at `place` in the queue: invited first, then stand-ins, then walk-ins, well mixed."""
        kind, which = self._queue(number, session)[place]
        sitting = self._sitting(number)
        nonce = self.story.nonce(self.texts.key, number, place)
        walk_ins, stand_ins = self._guests(session)
        how: dict[str, Any] = {"by": self.by, "nonce": nonce}
        if self.is_on_paper:
            how["method"] = Attendance.Method.PAPER
        if kind == "walk-in":
            # Some record themselves, with the code on the screen.
            by_phone = {"by": None, "method": Attendance.Method.PHONE} if which % 3 == 0 else {}
            line = sitting.check_in(walk_ins[which], **how | by_phone)
        elif kind == "stand-in":
            invitation = self.seats(number)[session.present + which]
            line = sitting.check_in(stand_ins[which], stands_for=invitation, **how)
        else:
            line = sitting.check_in(invitation=self.seats(number)[which], **how)
        if self.activity.asks_signatures and line.method == Attendance.Method.DESK:
            line.sign(ContentFile(pictures.signature(line.name), "tanda-tangan.png"), self.by)

    @property
    def is_called_again(self) -> bool:
        """Too few came on the first day: its sitting stays, and the texts tell of the second."""
        return bool(self.texts.postponed and self.texts.postponed.seats)

    @property
    def is_on_paper(self) -> bool:
        """The hamlets' gatherings sign on paper, which is typed in and scanned afterwards."""
        return self.activity.kind.code == "musdus"

    def hear_late(self, number: int, session: told.Session, place: int) -> None:
        """A desk that had no network is heard again when the list has long been closed."""
        late = session.late[place]
        tapped = self.story.moment(session.days_ago, late.at)
        take_in(
            self._sitting(number),
            Tap(self.story.nonce(self.texts.key, number, "meja"), device_at=tapped, arrived_at=tapped),
            nonce=self.story.nonce(self.texts.key, number, f"susulan-{place}"),
            by=self.by,
            who=Guest(name=late.name, sex=late.sex, address=late.address),
        )

    @cache  # noqa: B019 - a gathering lives as long as its story
    def _queue(self, number: int, session: told.Session) -> list[tuple[str, int]]:
        queue = [("invited", place) for place in range(session.present)]
        queue += [("stand-in", place) for place in range(session.stand_ins)]
        queue += [("walk-in", place) for place in range(session.walk_ins)]
        chance = random.Random(f"{self.texts.key}/{number}")
        chance.shuffle(queue)
        return queue

    def _sitting(self, number: int) -> Session:
        """The sitting that the texts tell of; what is sent out before it was called again is of the first."""
        sittings = list(self.activity.sessions.in_order())
        return (
            sittings[number + 1] if self.is_called_again and number + 1 < len(sittings) else sittings[number]
        )

    @cache  # noqa: B019
    def seats(self, number: int) -> list[Invitation]:
        """The invited, in an order of their own for every session: not always the same people come."""
        seats = list(self.activity.invitations.standing().order_by("pk").select_related("person", "body"))
        random.Random(f"{self.texts.key}/seats/{number}").shuffle(seats)
        return seats

    @cache  # noqa: B019
    def _guests(self, session: told.Session) -> tuple[list[Guest], list[Guest]]:
        """The walk-ins and the stand-ins of one sitting."""
        walk_ins, stand_ins = self.story.texts.guests(self.texts, session)
        return [_as_guest(one) for one in walk_ins], [_as_guest(one) for one in stand_ins]

    def close(self) -> None:
        self.activity.refresh_from_db()
        self.activity.description = self.summary()
        self.activity.save(update_fields=["description"])
        self.activity.close(self.by)

    def summary(self) -> str:
        return self.story.fill(self.texts.summary, self.activity.starts_at)

    # Papers

    def bring_scan(self) -> None:
        """The signed sheet comes back with as many pages as were printed."""
        sitting, content = self._sitting(0), self.sheet()
        pages = count_pages(content)
        PrintedSheet.objects.note(sitting, Filling.PRESENT, pages, self.by)
        SignedScan.objects.bring(
            sitting,
            [Scanned(ContentFile(content, "pindaian.pdf"), pages)],
            pages_printed=pages,
            nonce=self.story.nonce(self.texts.key, "pindaian", 0),
            by=self.by,
        )

    def bring_part_of_scan(self) -> None:
        """The last page stayed behind in the tray of the scanner."""
        sitting, whole = self._sitting(0), sheet_of(self._sitting(0), SheetOptions())
        part = as_pdf(replace(whole, attendees=whole.attendees[: -self.texts.scan_lacks]), at=clock.now())
        pages = count_pages(as_pdf(whole, at=clock.now()))
        PrintedSheet.objects.note(sitting, Filling.PRESENT, pages, self.by)
        SignedScan.objects.bring(
            sitting,
            [Scanned(ContentFile(part, "pindaian.pdf"), count_pages(part))],
            pages_printed=pages,
            nonce=self.story.nonce(self.texts.key, "pindaian", 1),
            by=self.by,
        )

    def file_evidence(self, evidence: told.Evidence) -> None:
        kind, title = EVIDENCE[evidence.kind]
        if kind == Evidence.Kind.ATTENDANCE and self.is_on_paper and not evidence.public:
            self.bring_scan()
            return
        if kind in {Evidence.Kind.VERBATIM, Evidence.Kind.REPORT}:
            signed = ContentFile(self.paper(kind, title, is_public=False), f"{kind}.pdf")
            Evidence.objects.file_signed(self.activity, [Scanned(signed, 1)], kind=kind, by=self.by)
            return
        if kind == Evidence.Kind.DOCUMENTATION:
            upload = ContentFile(pictures.draw(motif_of(self.texts), self.texts.key), "foto.jpg")
        else:
            upload = ContentFile(self.paper(kind, title, is_public=evidence.public), f"{kind}.pdf")
        self.activity.add_evidence(
            upload,
            kind=kind,
            title=title,
            by=self.by,
            is_public=evidence.public,
            is_redacted=kind == Evidence.Kind.ATTENDANCE and evidence.public,
        )

    def paper(self, kind: str, title: str, *, is_public: bool) -> bytes:
        """The undangan, the minutes or the agreement; the list is the sheet itself."""
        if kind == Evidence.Kind.ATTENDANCE:
            return self.sheet(is_public=is_public)
        session = self._sitting(0)
        lines = {
            Evidence.Kind.INVITATION: self._invitation_lines,
            Evidence.Kind.MINUTES: self._minutes_lines,
            Evidence.Kind.AGREEMENT: self._agreement_lines,
            Evidence.Kind.VERBATIM: self._verbatim_lines,
            Evidence.Kind.REPORT: self._report_lines,
        }[kind](session)
        texts = self.story.texts
        return papers.pdf(
            letterhead=texts.letterhead,
            address=texts.address,
            title=f"{title.upper()}",
            lines=lines,
            signed=f"{self.story.village.name}, {full_date(session.day)}",
            at=self.activity.starts_at,
        )

    def sheet(self, *, is_public: bool = False) -> bytes:
        sitting = self._sitting(0)
        sheet = public_sheet_of(sitting) if is_public else sheet_of(sitting, SheetOptions())
        return as_pdf(sheet, at=clock.now())

    def _invitation_lines(self, session: Session) -> list[str]:
        return [
            "Dengan hormat,",
            f"Kami mengundang Bapak/Ibu/Saudara untuk menghadiri {self.activity.title} pada:",
            f"Hari/Tanggal: {session.day_text}",
            f"Waktu: {session.time_text}",
            f"Tempat: {self.activity.venue}",
            f"Acara: {self.activity.agenda}",
            "Demikian undangan ini kami sampaikan. Atas kehadiran Bapak/Ibu/Saudara kami ucapkan terima kasih.",
        ]

    def _minutes_lines(self, session: Session) -> list[str]:
        noted = self.texts.minutes or [self.texts.summary]
        return [
            f"{self.activity.title}, {session.day_text}, {session.time_text}, di {self.activity.venue}.",
            *[f"{number}. {line}" for number, line in enumerate(self._filled(noted), start=1)],
        ]

    def _agreement_lines(self, session: Session) -> list[str]:
        decided = self.texts.decisions or [self.texts.summary]
        return [
            f"Pada hari ini, {session.day_text}, bertempat di {self.activity.venue}, telah diselenggarakan "
            f"{self.activity.title} yang dihadiri peserta sebagaimana tercantum dalam daftar hadir terlampir.",
            "Setelah bermusyawarah, peserta menyepakati:",
            *[f"{number}. {line}" for number, line in enumerate(self._filled(decided), start=1)],
            "Demikian berita acara ini dibuat dengan penuh tanggung jawab agar dapat digunakan sebagaimana mestinya.",
        ]

    def _verbatim_lines(self, session: Session) -> list[str]:
        people, spoken = self.story.people, self.texts.minutes or [self.texts.summary]
        return [
            f"{self.activity.title} dibuka {session.day_text}, {session.time_text}, di {self.activity.venue}, "
            f"dipimpin {people[self.texts.chair].name} dan dicatat {people[self.texts.minute_taker].name}.",
            f"Agenda: {self.activity.agenda}",
            *self._filled([*spoken, self.texts.summary, *self.texts.decisions]),
            "Pimpinan musyawarah menutup acara sesudah kesepakatan dibacakan dan tidak ada yang berkeberatan.",
        ]

    def _report_lines(self, session: Session) -> list[str]:
        came = Attendance.objects.present().filter(session__activity=self.activity).count()
        return [
            f"Waktu dan tempat: {session.day_text}, {session.time_text}, {self.activity.venue}.",
            f"Peserta: {came} orang menurut daftar hadir terlampir.",
            f"Agenda: {self.activity.agenda}",
            *[
                f"Keputusan {number}: {line}"
                for number, line in enumerate(self._filled(self.texts.decisions), 1)
            ],
            "Terlampir: undangan, daftar hadir, notulen, dan foto kegiatan.",
        ]

    def _filled(self, lines: list[str]) -> list[str]:
        at: datetime = self.activity.starts_at
        return [self.story.fill(line, at) for line in lines]


def _as_guest(one: told.WalkIn) -> Guest:
    return Guest(
        name=one.name,
        sex=one.sex,
        age_group=one.age,
        guardian="hadir bersama wali" if one.age == Person.AgeGroup.CHILD else "",
        unsur=unsur_named(one.unsur) if one.unsur else None,
        address=one.address,
    )


def motif_of(activity: told.Activity) -> str:
    return {"Kerja Bakti": "kerja-bakti", "Rapat BPD": "balai", "Pelatihan": "sekolah"}.get(
        activity.kind, "rapat"
    )
