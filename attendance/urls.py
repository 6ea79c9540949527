from django.urls import include, path

from attendance import feeds
from attendance.views import (
    activities,
    answers,
    calendars,
    certificates,
    desk,
    desk_queue,
    evidence,
    follow_ups,
    hall,
    invitations,
    invitations_many,
    letters,
    minutes,
    paper,
    postponing,
    registration_lists,
    registrations,
    sheets,
    trainings,
)

app_name = "attendance"

_activities = [
    path("", activities.activity_list, name="activity_list"),
    path("umpan.atom", feeds.activity_feed, name="activity_feed"),
    path("kalender/", calendars.calendar_month, name="calendar_month"),
    path("kalender.ics", calendars.calendar_feed, name="calendar_feed"),
    path("<int:pk>/kalender.ics", calendars.activity_calendar, name="activity_calendar"),
    path("<int:pk>/", activities.activity_detail, name="activity_detail"),
    path("<int:pk>/daftar-hadir/", activities.attendance_list, name="attendance_list"),
    path("<int:pk>/daftar-hadir/cetak/", sheets.sheet_print, name="sheet_print"),
    path("<int:pk>/daftar-hadir/cetak.css", sheets.sheet_css, name="sheet_css"),
    path("<int:pk>/daftar-hadir/kertas/", paper.paper_list, name="paper_list"),
    path("<int:pk>/daftar-hadir/kertas/cari/", paper.paper_people, name="paper_people"),
    path("<int:pk>/daftar-hadir.pdf", sheets.sheet_pdf, name="sheet_pdf"),
    path("<int:pk>/daftar-hadir.xlsx", sheets.sheet_xlsx, name="sheet_xlsx"),
    path("<int:pk>/meja/", desk.desk, name="desk"),
    path("<int:pk>/meja/hadir/", desk.desk_check_in, name="desk_check_in"),
    path("<int:pk>/meja/tamu/", desk.desk_walk_in, name="desk_walk_in"),
    path("<int:pk>/meja/wakil/<int:invitation_pk>/", desk.desk_stand_in, name="desk_stand_in"),
    path("<int:pk>/meja/urung/<int:attendance_pk>/", desk.desk_undo, name="desk_undo"),
    path("<int:pk>/meja/tutup/", desk.desk_close, name="desk_close"),
    path("<int:pk>/meja/buka-kembali/", desk.desk_reopen, name="desk_reopen"),
    path("<int:pk>/layar/", hall.hall_screen, name="hall_screen"),
    path("<int:pk>/layar/kode/", hall.hall_code, name="hall_code"),
    path("<int:pk>/langsung/", hall.hall_live, name="hall_live"),
    path("<int:pk>/langsung/angka/", hall.hall_numbers, name="hall_numbers"),
    path("<int:pk>/meja/antrean/", desk_queue.desk_queue, name="desk_queue"),
    path("<int:pk>/meja/luring.js", desk_queue.desk_worker, name="desk_worker"),
    path("<int:pk>/meja/susulan/", desk_queue.desk_late, name="desk_late"),
    path("<int:pk>/umumkan/", invitations.activity_announce, name="activity_announce"),
    path("<int:pk>/tunda/", postponing.activity_postpone, name="activity_postpone"),
    path("<int:pk>/meja/kuorum/", postponing.desk_quorum, name="desk_quorum"),
    path("<int:pk>/batalkan/", invitations.activity_cancel, name="activity_cancel"),
    path("<int:pk>/undangan/", invitations.invitation_list, name="invitation_list"),
    path("<int:pk>/undangan/cetak/", letters.invitation_print, name="invitation_print"),
    path("<int:pk>/undangan/sekaligus/", invitations_many.invitation_many, name="invitation_many"),
    path("<int:pk>/undangan/tambah/", invitations.invitation_add, name="invitation_add"),
    path("<int:pk>/undangan/<int:invitation_pk>/", invitations.invitation_change, name="invitation_change"),
    path("<int:pk>/undangan/<int:invitation_pk>/jawaban/", answers.invitation_reply, name="invitation_reply"),
    path(
        "<int:pk>/undangan/<int:invitation_pk>/cabut/",
        invitations.invitation_withdraw,
        name="invitation_withdraw",
    ),
    path("<int:pk>/daftar/", registrations.registration_add, name="registration_add"),
    path("<int:pk>/pendaftaran/", registration_lists.registration_list, name="registration_list"),
    path("<int:pk>/pendaftaran/atur/", registration_lists.registration_set, name="registration_set"),
    path("<int:pk>/pendaftaran/catat/", registration_lists.registration_note, name="registration_note"),
    path("<int:pk>/pendaftaran/cetak/", registration_lists.registration_print, name="registration_print"),
    path("<int:pk>/pendaftaran.csv", registration_lists.registration_csv, name="registration_csv"),
    path("<int:pk>/pendaftaran.xlsx", registration_lists.registration_xlsx, name="registration_xlsx"),
    path(
        "<int:pk>/pendaftaran/<int:registration_pk>/cabut/",
        registration_lists.registration_withdraw,
        name="registration_withdraw",
    ),
    path("<int:pk>/bukti.zip", evidence.bundle_public, name="bundle_public"),
    path("<int:pk>/bukti-internal.zip", evidence.bundle_internal, name="bundle_internal"),
    path("<int:pk>/bukti/<int:evidence_pk>/<str:name>", evidence.evidence_file, name="evidence_file"),
    path("<int:pk>/notulen/", minutes.minutes_detail, name="minutes_detail"),
    path("<int:pk>/notulen/tulis/", minutes.minutes_write, name="minutes_write"),
    path("<int:pk>/notulen/terbitkan/", minutes.minutes_publish, name="minutes_publish"),
    path("<int:pk>/berita-acara.pdf", minutes.agreement_pdf, name="agreement_pdf"),
    path("<int:pk>/putusan/<int:number>/tugas/", follow_ups.follow_up_add, name="follow_up_add"),
]

_follow_ups = [
    path("", follow_ups.follow_up_list, name="follow_up_list"),
    path("<int:pk>/", follow_ups.follow_up_detail, name="follow_up_detail"),
    path("<int:pk>/lapor/", follow_ups.follow_up_report, name="follow_up_report"),
    path("<int:pk>/undur/", follow_ups.follow_up_delay, name="follow_up_delay"),
]

_trainings = [
    path("", trainings.training_list, name="training_list"),
    path("salin/", trainings.training_copy, name="training_copy"),
    path("<int:pk>/", trainings.training_detail, name="training_detail"),
    path("<int:pk>/sertifikat/", certificates.certificate_list, name="certificate_list"),
    path("<int:pk>/sertifikat.pdf", certificates.certificates_pdf, name="certificates_pdf"),
    path(
        "<int:pk>/sertifikat/<int:certificate_pk>.pdf", certificates.certificate_pdf, name="certificate_pdf"
    ),
    path(
        "<int:pk>/sertifikat/<int:certificate_pk>/tarik/",
        certificates.certificate_withdraw,
        name="certificate_withdraw",
    ),
    path(
        "<int:pk>/sertifikat/<int:certificate_pk>/ganti/",
        certificates.certificate_reissue,
        name="certificate_reissue",
    ),
    path("<int:pk>/lembar.json", trainings.training_sheet, name="training_sheet"),
]

urlpatterns = [
    path("kegiatan/", include(_activities)),
    path("pelatihan/", include(_trainings)),
    path("akun/belajar/", certificates.my_learning, name="my_learning"),
    path("tindak-lanjut/", include(_follow_ups)),
]
