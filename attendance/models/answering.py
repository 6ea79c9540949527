"""How the invited answer: they come, cannot, or send somebody (*mewakilkan*)."""

from typing import TYPE_CHECKING, Any, cast

from django.db import models, transaction

from partisipasi import clock

from .activity import Activity
from .refusals import AnswersClosed

if TYPE_CHECKING:
    from .invitation import Invitation


class Answer(models.TextChoices):
    COMES = "hadir", "Hadir"
    CANNOT = "berhalangan", "Berhalangan"
    SENDS = "diwakilkan", "Diwakilkan"


class AnsweredBy(models.TextChoices):
    CODE = "kode", "dengan kode undangan"
    ACCOUNT = "akun", "dengan akun"
    OFFICE = "petugas", "dicatat petugas"


class Answering(models.Model):
    """What an invitation knows of its answer. The invited change it until the activity begins."""

    answer = models.CharField("jawaban", max_length=11, choices=Answer, blank=True, editable=False)
    stand_in = models.CharField("wakil yang disebut", max_length=120, blank=True, editable=False)
    answered_at = models.DateTimeField("dijawab pada", null=True, editable=False)
    answered_by = models.CharField("dijawab", max_length=7, choices=AnsweredBy, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def answer_text(self) -> str:
        """The answer for officials, with the stand-in's name."""
        if self.answer == Answer.SENDS:
            return f"Diwakilkan: {self.stand_in}"
        return self.get_answer_display()

    @property
    def answer_pill(self) -> tuple[str, str]:
        kinds = {Answer.COMES: "done", Answer.CANNOT: "warning", Answer.SENDS: "notice"}
        return kinds.get(Answer(self.answer), "neutral") if self.answer else "neutral", (
            self.get_answer_display() or "Belum menjawab"
        )

    @transaction.atomic
    def reply(self, answer: str, *, stand_in: str = "", by: str = AnsweredBy.CODE) -> None:
        """Keep this answer instead of an earlier one; the same again changes nothing. Raises AnswersClosed."""
        invitation = cast("Invitation", self)
        activity = Activity.objects.lock(invitation.activity_id)
        self.refresh_from_db(fields=["uninvited_at", "answer", "stand_in"])
        if sentence := no_answer_to(invitation, activity):
            raise AnswersClosed(sentence)
        stand_in = stand_in if answer == Answer.SENDS else ""
        if (self.answer, self.stand_in) == (answer, stand_in):
            return
        self.answer, self.stand_in = answer, stand_in
        self.answered_at, self.answered_by = clock.now(), by
        self.save(update_fields=["answer", "stand_in", "answered_at", "answered_by"])


def no_answer_to(invitation: "Invitation", activity: Activity) -> str:
    """Why this invitation takes no answer now; "" where it does."""
    if invitation.uninvited_at:
        return "Undangan ini sudah dicabut. Hubungi kantor desa bila ini keliru."
    if activity.cancelled_at:
        return "Kegiatan ini dibatalkan, jadi undangan tidak perlu dijawab."
    if activity.closed_at or (activity.starts_at and activity.starts_at <= clock.now()):
        return "Kegiatan ini sudah dimulai, jadi jawaban tidak dapat diubah lagi."
    return ""


def count_answers(invitations: Any) -> dict[str, int]:
    """How many of these come, cannot, send somebody, and have not answered."""
    rows = invitations.order_by().values_list("answer").annotate(number=models.Count("pk"))
    numbers: dict[str, int] = dict(rows)
    return {
        "hadir": numbers.get(Answer.COMES, 0),
        "berhalangan": numbers.get(Answer.CANNOT, 0),
        "diwakilkan": numbers.get(Answer.SENDS, 0),
        "belum": numbers.get("", 0),
    }
