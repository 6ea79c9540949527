"""What the record of people and their offices is called (`partisipasi.ledger.wording`)."""

from partisipasi.ledger.wording import register

from .models import Role, SheetImport

_OFFICE = {"role": "Penugasan", "decree": "Nomor SK", "deputy_for": "Menggantikan penugasan nomor"}
_ROLES = {"role": dict(Role.choices)}
_WAYS = {
    "letter": "kode pada surat",
    "nik": "NIK dalam daftar desa",
    "in-person": "tatap muka di kantor desa",
}

register("appointment.made", "Penugasan ditetapkan", group="Perangkat desa", facts=_OFFICE, values=_ROLES)
register("appointment.ended", "Penugasan dicabut", group="Perangkat desa", facts=_OFFICE, values=_ROLES)
register("person.verified", "Warga diverifikasi", group="Warga", facts={"how": "Cara"}, values={"how": _WAYS})
register("letters.issued", "Surat verifikasi dicetak", group="Warga", facts={"count": "Jumlah surat"})
register("letter.revoked", "Surat verifikasi dicabut", group="Warga")
register("niks.listed", "Daftar NIK untuk verifikasi diganti", group="Warga", facts={"count": "Jumlah NIK"})
register(
    "sheet.imported",
    "Buku alamat diisi dari spreadsheet",
    group="Warga",
    facts={"of": "Isi", "new": "Baris baru", "changed": "Baris berubah"},
    values={"of": dict(SheetImport.Kind.choices)},
)
register(
    "appointment.handed_over",
    "Serah terima jabatan ditetapkan",
    group="Perangkat desa",
    facts=_OFFICE | {"to_person": "Nomor penerima", "successor": "Nomor penugasan penerima", "on": "Berlaku"},
    values=_ROLES,
)
register(
    "appointment.work_passed",
    "Pekerjaan diserahkan kepada pejabat baru",
    group="Perangkat desa",
    facts={"from_person": "Dari orang nomor", "to_person": "Kepada orang nomor", "count": "Banyaknya"},
)
register("password_code.given", "Kode kata sandi dibuatkan", group="Warga")
register(
    "password_code.used",
    "Kata sandi diganti dengan kode",
    group="Warga",
    facts={"by": "Nomor akun yang membuatkan kode"},
)
