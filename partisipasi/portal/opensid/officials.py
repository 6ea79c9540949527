"""Officials out of `tweb_desa_pamong`: people of the address book, and their offices where it is plain which they hold.

An appointment gives rights in the portal and signs papers, so only offices that no village has twice are taken over as
one; for the others the report asks the village's administrator to appoint them.
"""

from datetime import date

from partisipasi import clock
from partisipasi.residents.models import Appointment, Person, Role, Unsur

from .dump import Row
from .taking import LeftOut, Site, line, number

TABLE = "tweb_desa_pamong"
_OFFICES = {
    "kepala desa": Role.VILLAGE_HEAD,
    "sekretaris desa": Role.SECRETARY,
    "kaur keuangan": Role.TREASURER,
    "kepala urusan keuangan": Role.TREASURER,
}
_USUAL = {"1": "Kepala Desa", "2": "Sekretaris Desa"}
"""What the first two rows of `ref_jabatan` are in every installation."""
_SEXES = {"1": Person.Sex.MALE, "2": Person.Sex.FEMALE}
_IN_OFFICE = "1"
_LONGEST_NUMBER = 30


def take_officials(site: Site) -> None:
    """Each as a person; of those in office still, who holds an office that stands free is appointed to it."""
    offices, residents = _USUAL | site.named("ref_jabatan", "nama"), site.named("tweb_penduduk", "nama")
    if "ref_jabatan" not in site.dump.tables:
        site.report.warn(
            "Tabel ref_jabatan tidak ada, jadi jabatan selain Kepala Desa dan Sekretaris Desa tidak diketahui."
        )
    taken: set[str] = set()
    rows = sorted(site.rows(TABLE), key=lambda row: number(row.get("urut")))
    for row in rows:
        person = site.take(TABLE, row, lambda row: _person(row, residents))
        office = line(row.get("jabatan")) or offices.get(row.get("jabatan_id"), "")
        if person and row.get("pamong_status") == _IN_OFFICE and office not in taken:
            taken |= {office} - {""}
            _appoint(site, person, office, row)


def _person(row: Row, residents: dict[str | None, str]) -> Person:
    called = line(row.get("pamong_nama")) or residents.get(row.get("id_pend"), "")
    if not called:
        raise LeftOut("Baris tanpa nama.")
    name = " ".join(filter(None, (line(row.get("gelar_depan")), called)))
    titled = ", ".join(filter(None, (name, line(row.get("gelar_belakang")))))[:120]
    sex = _SEXES.get(row.get("pamong_sex") or "", "")
    known = Person.objects.active().filter(name__iexact=titled).first()
    if known:
        return known
    nipd = next(filter(None, (line(row.get(column)) for column in ("pamong_nip", "pamong_niap"))), "")
    unsur = Unsur.objects.filter(name__iexact="Pemerintah Desa").first()
    digits = nipd if nipd.strip("0- ") else ""
    return Person.objects.create(name=titled, sex=sex, nipd=digits[:_LONGEST_NUMBER], unsur=unsur)


def _appoint(site: Site, person: Person, office: str, row: Row) -> None:
    role = _OFFICES.get(office.casefold())
    if not role:
        site.report.warn(
            f"{person}: tetapkan penugasannya di ruang kerja ({office or 'jabatan tidak diketahui'})."
        )
        return
    held = Appointment.objects.current(clock.today()).filter(role=role)
    if holder := held.select_related("person").first():
        if holder.person_id != person.pk:
            site.report.warn(
                f"{person}: {office} sudah dijabat {holder.person} di portal ini, jadi dibiarkan."
            )
        return
    began = min(
        _day(row, "pamong_tglsk") or _day(row, "pamong_tgl_terdaftar") or clock.today(), clock.today()
    )
    decree = line(row.get("pamong_nosk"), 60)
    person.appoint(role=role, by=site.by, title=office, from_on=began, decree_number=decree)


def _day(row: Row, column: str) -> date | None:
    try:
        return date.fromisoformat(row.get(column) or "")
    except ValueError:
        return None
