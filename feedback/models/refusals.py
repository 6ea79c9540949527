"""What a report refuses, in words for whoever asked."""

from django.core.exceptions import PermissionDenied


class Refusal(PermissionDenied):
    """A report does not do that now; `str()` is the sentence to show."""

    sentence = ""

    def __init__(self, sentence: str = "") -> None:
        super().__init__(sentence or self.sentence)


class ReportSettled(Refusal):
    """The report is closed, rejected or forwarded: only reopening is possible."""

    sentence = "Laporan ini sudah selesai ditangani."


class NotAnswered(Refusal):
    """Nobody closes or accepts what was never answered."""

    sentence = "Laporan ini belum dijawab."


class NotSettled(Refusal):
    """Only what was closed, rejected or forwarded is reopened."""

    sentence = "Laporan ini masih ditangani, jadi tidak perlu dibuka kembali."


class TooLateToReopen(Refusal):
    """The time for reopening is over, or it was used up."""

    sentence = "Laporan ini tidak dapat dibuka kembali lagi. Kirim laporan baru bila masalahnya masih ada."


class NotForThePublic(Refusal):
    """What was told in confidence is never shown to everybody."""

    sentence = "Laporan rahasia tidak ditampilkan untuk umum."


class TooManyReports(Refusal):
    """The account, or this network address today, sends more than people do."""

    sentence = (
        "Laporan yang masuk terlalu banyak. Coba lagi besok, atau sampaikan di kantor desa bila mendesak."
    )


class TooManyMessages(Refusal):
    """The reporter writes faster than anybody can read."""

    sentence = "Pesan Anda hari ini sudah banyak. Tunggu jawaban petugas dahulu."


class TooManyTries(Refusal):
    """So many wrong PINs that guessing has to wait."""

    sentence = "Kode atau PIN sudah terlalu sering salah. Tunggu satu jam, lalu coba lagi."
