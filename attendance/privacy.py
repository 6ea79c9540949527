"""What activities hold of people (`partisipasi.residents.privacy`)."""

from django.db.models import QuerySet

from partisipasi.ledger.chain import forget_sealed
from partisipasi.residents.privacy import GONE, acted, register

from .models import (
    Activity,
    ActivitySeries,
    Attendance,
    Certificate,
    DeskContact,
    Evidence,
    FollowUp,
    FollowUpEvent,
    Invitation,
    InvitationLetter,
    LateArrival,
    ListImport,
    Minutes,
    MinutesCorrection,
    PayList,
    PayRow,
    Postponement,
    PrintedSheet,
    Registration,
    RetentionHold,
    ScreenSignature,
    SecondTap,
    SignedScan,
    SkillCard,
    SkillOffer,
    Training,
    TrainingLeader,
)


def _forget_certificates(rows: QuerySet) -> None:
    forget_sealed(rows)
    rows.filter(withdrawn_at__isnull=False).update(withdrawn_reason=GONE)
    rows.update(person=None, name="")


def _forget_lines(rows: QuerySet) -> None:
    # A minor's line has a guardian by constraint.
    rows.exclude(guardian="").update(guardian=GONE)
    rows.update(person=None, phone="")


# Before the lines, which lead to nobody once they are erased.
register(
    ScreenSignature,
    "attendance__person",
    export=["signed_at", "file"],
    erase=lambda rows: rows.delete(),
)
register(
    Attendance,
    "person",
    export=["name", "age_group", "guardian", "address", "phone", "institution", "checked_in_at"],
    erase=_forget_lines,
    kept=(
        "Daftar Hadir disimpan sebagai arsip desa selama masa simpan jenis kegiatannya; sampai saat itu nama Anda "
        "tetap di sana, tidak lagi terhubung dengan data lain."
    ),
)
register(
    PayRow,
    "person",
    export=["pay_list", "name", "paid"],
    erase=lambda rows: rows.update(person=None),
    kept="Tanda terima adalah bukti keuangan desa; nama Anda tetap di sana, tidak lagi terhubung dengan data lain.",
)
register(
    Invitation,
    "person",
    export=["activity", "invited_at", "answer", "stand_in", "answered_at"],
    erase=lambda rows: rows.update(stand_in=""),
    kept="Jumlah undangan menentukan kuorum, jadi kursi undangan tetap tercatat, tanpa nama Anda.",
)
register(
    Registration,
    "person",
    export=["activity", "registered_at", "placed_at", "withdrawn_at", "withdrawn_reason"],
    erase=lambda rows: rows.forget(),  # type: ignore[attr-defined]
)
register(
    FollowUp,
    "person",
    export=["task", "due_on", "done_at"],
    kept="Siapa yang bertanggung jawab atas putusan musyawarah tetap tercatat, tanpa nama Anda.",
)
register(
    FollowUpEvent,
    "former_person",
    export=["follow_up", "at"],
    kept="Siapa yang pernah bertanggung jawab atas putusan musyawarah tetap tercatat, tanpa nama Anda.",
)
register(
    LateArrival,
    "person",
    export=["name", "age_group", "guardian", "address", "phone", "institution", "arrived_at"],
    erase=lambda rows: rows.update(person=None, phone="", name="Data dihapus", age_group="", guardian=""),
    kept="Putusan tentang yang datang sesudah daftar ditutup tetap tercatat, tanpa nama Anda.",
)
register(
    TrainingLeader,
    "person",
    export=["training", "part", "organisation"],
    kept="Bahwa suatu pelatihan ada pemandunya tetap tercatat, tanpa nama Anda.",
)
register(
    Certificate,
    "person",
    export=["number", "title", "began_on", "ended_on", "hours", "competences", "withdrawn_reason"],
    erase=_forget_certificates,
    kept="Nomor sertifikat tetap tercatat dalam buku desa, tanpa nama Anda.",
)
register(SkillCard, "person", export=["note", "is_public", "kept_at"], erase=lambda rows: rows.delete())
register(
    SkillOffer,
    "card__person",
    export=["competence", "facilitates"],
    erase=lambda rows: rows.delete(),
)
register(ListImport, "made_by", erase=lambda rows: rows.delete())
acted(Certificate, "issued_by", "withdrawn_by")
acted(Training, "copied_by")
acted(Activity, "created_by", "closed_by")
acted(Attendance, "checked_in_by", "undone_by")
acted(Postponement, "by")
acted(RetentionHold, "held_by", "released_by")
acted(PayList, "made_by", "settled_by", "reopened_by")
acted(ActivitySeries, "created_by", "ended_by")
acted(Invitation, "invited_by", "uninvited_by")
acted(Evidence, "added_by")
acted(FollowUp, "set_by")
acted(FollowUpEvent, "by")
acted(Minutes, "saved_by", "published_by")
acted(MinutesCorrection, "by")
acted(LateArrival, "brought_by", "settled_by")
acted(DeskContact, "heard_from")
acted(PrintedSheet, "printed_by")
acted(SignedScan, "uploaded_by", "settled_by")
acted(ScreenSignature, "taken_by")
acted(SecondTap, "tapped_by")
acted(InvitationLetter, "given_by")
acted(Registration, "registered_by", "withdrawn_by")
