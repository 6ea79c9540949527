"""Who answers for what: the village's officials as residents see them, and what rooms above add to an office's page.

answers_for(Role.COMPLAINTS, "Menerima laporan warga dan mengawal jawabannya.")

@hangs_on_office("Yang sedang dikerjakan")
def open_reports(holders, user):
    return [Hanging(report.public_title, report.get_absolute_url()) for report in …]
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from partisipasi import clock
from partisipasi.village import words

from .models import Appointment, Person, Role

GOVERNMENT, HAMLETS = "Pemerintah Desa", "Kepala Dusun"
# By title too: who runs a seksi or an urusan may hold any role in the portal.
_OF_GOVERNMENT = re.compile(r"(kaur|kasi|kepala urusan|kepala seksi|bendahara desa|staf)\b", re.IGNORECASE)
_GROUPS = {
    GOVERNMENT: (Role.VILLAGE_HEAD, Role.SECRETARY, Role.TREASURER),
    "BPD": (Role.BPD_CHAIR,),
    HAMLETS: (Role.HAMLET_HEAD,),
    "Layanan dan portal": (
        Role.PPID,
        Role.PPID_SUPERIOR,
        Role.COMPLAINTS,
        Role.MODERATOR,
        Role.OPERATOR,
        Role.DRAFTING_TEAM,
        Role.PROJECT_TEAM,
        Role.ADMIN,
    ),
    "Pengawas": (Role.SUPERVISOR,),
}
_ORDER = [role for roles in _GROUPS.values() for role in roles]

_sentences: dict[str, str] = {}


def answers_for(role: Role, sentence: str) -> None:
    """Say in one plain sentence what holders of `role` answer for; a later room may say it better."""
    _sentences[role] = sentence


def sentence_of(role: str) -> str:
    return _sentences.get(role, "")


for _role, _sentence in {
    Role.VILLAGE_HEAD: "Memimpin pemerintahan desa dan bertanggung jawab kepada warga.",
    Role.SECRETARY: "Mengurus surat, kegiatan, daftar hadir, notulen, dan arsip desa.",
    Role.TREASURER: "Mencatat pendapatan dan belanja desa, dan menyiapkan laporannya.",
    Role.BPD_CHAIR: "Menampung aspirasi, memimpin musyawarah desa, dan mengawasi kepala desa.",
    Role.HAMLET_HEAD: "Melayani warga di dusunnya: data, musyawarah dusun, dan keluhan setempat.",
    Role.PPID: "Menerima permohonan informasi dan menyediakan dokumen desa bagi siapa saja.",
    Role.PPID_SUPERIOR: "Memutus keberatan atas jawaban permohonan informasi.",
    Role.COMPLAINTS: "Menerima laporan warga, meneruskannya, dan mengawal jawabannya.",
    Role.MODERATOR: "Menjaga percakapan di forum tetap santun dan terbuka.",
    Role.OPERATOR: "Menulis dan menerbitkan kabar di portal ini.",
    Role.DRAFTING_TEAM: "Menyusun rencana pembangunan dari usulan warga.",
    Role.PROJECT_TEAM: "Melaksanakan kegiatan pembangunan dan melaporkan kemajuannya.",
    Role.ADMIN: "Menetapkan siapa yang bertugas di portal ini dan mengatur isinya.",
    Role.SUPERVISOR: "Membaca dan mengawasi jalannya pemerintahan desa dari luar desa.",
}.items():
    answers_for(_role, _sentence)


@dataclass(frozen=True)
class Hanging:
    """One thing that the holder of an office is at work on."""

    title: str
    url: str
    facts: str = ""


Question = Callable[[Collection[Person], Any], list[Hanging]]

_slots: dict[str, Question] = {}


def hangs_on_office(heading: str) -> Callable[[Question], Question]:
    """Register a function that answers what this visitor may see under `heading` on an office's page."""

    def register(function: Question) -> Question:
        _slots[heading] = function
        return function

    return register


def hanging_on(offices: Iterable[Appointment], user: Any) -> list[tuple[str, list[Hanging]]]:
    """Headings with what hangs on these seats of one office now; empty ones are left out."""
    holders = [held.person for held in offices]
    answers = ((heading, ask(holders, user)) for heading, ask in _slots.items())
    return [(heading, found) for heading, found in answers if found]


@dataclass
class Seat:
    """An office as it is held today, and who stands in for its holder."""

    held: Appointment
    deputies: list[Appointment] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        return sentence_of(self.held.role)

    @property
    def deputised(self) -> str:
        """Who stands in now and until when, in a few words; "" for nobody."""
        return ", ".join(
            f"{each.person} sampai {words.long_date(each.until_on)}"
            for each in self.deputies
            if each.until_on
        )


def seats_by_group() -> list[tuple[str, list[Seat]]]:
    """All offices held today under their headings: Kepala Desa first, then as the roles go; one statement."""
    held = list(Appointment.objects.public().current(clock.today()).select_related("person", "region"))
    seats = {each.pk: Seat(each) for each in held if not each.is_deputy}
    for each in held:
        if each.deputy_for_id in seats:
            seats[each.deputy_for_id].deputies.append(each)
    return [(heading, found) for heading, found in _grouped(list(seats.values())) if found]


def _grouped(seats: list[Seat]) -> Iterator[tuple[str, list[Seat]]]:
    for heading in _GROUPS:
        found = [seat for seat in seats if _heading_of(seat.held) == heading]
        yield heading, sorted(found, key=_rank)


def _heading_of(held: Appointment) -> str:
    own = next(name for name, those in _GROUPS.items() if held.role in those)
    runs_a_section = own not in {GOVERNMENT, HAMLETS} and _OF_GOVERNMENT.match(held.title)
    return GOVERNMENT if runs_a_section else own


def _rank(seat: Seat) -> tuple[Any, ...]:
    held = seat.held
    return (_ORDER.index(Role(held.role)), held.region.name if held.region else "", held.title, held.pk)
