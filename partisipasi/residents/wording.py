"""What the record of people and their offices is called (`partisipasi.ledger.wording`)."""

from partisipasi.ledger.wording import register

_OFFICE = {"role": "Penugasan", "decree": "Nomor SK", "deputy_for": "Menggantikan penugasan"}

register("appointment.made", "Penugasan ditetapkan", group="Perangkat desa", facts=_OFFICE)
register("appointment.ended", "Penugasan dicabut", group="Perangkat desa", facts=_OFFICE)
register("person.verified", "Warga diverifikasi", group="Warga", facts={"how": "Cara"})
register("letters.issued", "Surat verifikasi dicetak", group="Warga", facts={"count": "Jumlah surat"})
register("letter.revoked", "Surat verifikasi dicabut", group="Warga")
register("niks.listed", "Daftar NIK untuk verifikasi diganti", group="Warga", facts={"count": "Jumlah NIK"})
register(
    "sheet.imported",
    "Buku alamat diisi dari spreadsheet",
    group="Warga",
    facts={"of": "Isi", "new": "Baris baru", "changed": "Baris berubah"},
)
register(
    "appointment.handed_over",
    "Serah terima jabatan ditetapkan",
    group="Perangkat desa",
    facts=_OFFICE | {"to_person": "Penerima", "successor": "Penugasan penerima", "on": "Berlaku"},
)
register(
    "appointment.work_passed",
    "Pekerjaan diserahkan kepada pejabat baru",
    group="Perangkat desa",
    facts={"from_person": "Dari", "to_person": "Kepada", "count": "Banyaknya"},
)
register("password_code.given", "Kode kata sandi dibuatkan", group="Warga")
register(
    "password_code.used",
    "Kata sandi diganti dengan kode",
    group="Warga",
    facts={"by": "Akun yang membuatkan kode"},
)
