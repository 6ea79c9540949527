"""What the record of people and their offices is called (`partisipasi.ledger.wording`)."""

from partisipasi.ledger.wording import register

_OFFICE = {"role": "Penugasan", "decree": "Nomor SK"}

register("appointment.made", "Penugasan ditetapkan", group="Perangkat desa", facts=_OFFICE)
register("appointment.ended", "Penugasan dicabut", group="Perangkat desa", facts=_OFFICE)
register("person.verified", "Warga diverifikasi", group="Warga", facts={"how": "Cara"})
register("letters.issued", "Surat verifikasi dicetak", group="Warga", facts={"count": "Jumlah surat"})
register("letter.revoked", "Surat verifikasi dicabut", group="Warga")
