"""Activities for tests: announced, with one session that began this morning, unless a test says otherwise."""

from collections.abc import Iterable
from datetime import date, time, timedelta
from io import BytesIO
from itertools import count
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from attendance.models import (
    Activity,
    ActivityKind,
    ActivitySeries,
    Attendance,
    Certificate,
    Competence,
    FollowUp,
    Guest,
    Invitation,
    Minutes,
    PayList,
    Postponement,
    Registration,
    ScreenSignature,
    SignedScan,
    Step,
    Training,
    Writing,
)
from attendance.recurrence import Every
from partisipasi import clock
from partisipasi.residents.models import Person, User
from tests import factories

_numbers = count(1)


def make_kind(**fields: Any) -> ActivityKind:
    number = next(_numbers)
    return ActivityKind.objects.create(**{"code": f"jenis-{number}", "name": f"Jenis {number}"} | fields)


def make_activity(*, starts_at=None, ends_at=None, announced: bool = True, **fields: Any) -> Activity:
    defaults: dict[str, Any] = {
        "title": f"Musyawarah Nomor {next(_numbers)}",
        "venue": "Balai Desa",
        "agenda": "Pembahasan RKP Desa",
    }
    if "kind" not in fields:
        defaults["kind"] = make_kind()
    activity = Activity.objects.create(**defaults | fields)
    activity.add_session(starts_at or clock.now() - timedelta(minutes=30), ends_at)
    if announced:
        activity.announce(factories.make_user())
    return activity


def make_series(
    *, by: User | None = None, dates: Iterable[date] = (), announced: bool = False, like=None, **fields: Any
) -> ActivitySeries:
    """A Posyandu on every 10th, with an activity for each of `dates`; without any, for the next two."""
    defaults: dict[str, Any] = {
        "title": "Posyandu Melati",
        "venue": "Balai Dusun",
        "every": Every.DAY,
        "day": 10,
    }
    defaults |= {"begins": time(8), "ends": time(11), "kind": fields.pop("kind", None) or make_kind()}
    series = ActivitySeries(**defaults | fields)
    days = dates or series.recurrence.dates(clock.today(), clock.today() + timedelta(days=70))[:2]
    by = by or factories.make_user()
    return ActivitySeries.objects.begin(series, days, by=by, nonce=uuid4(), announced=announced, like=like)


def make_postponement(activity: Activity, *, by: User) -> Postponement:
    """That it began an hour later than was announced, because its venue was not free."""
    session = activity.sessions.earliest("starts_at")
    told = {"starts_before": session.starts_at, "starts_at": session.starts_at + timedelta(hours=1)}
    told |= {"venue_before": session.venue_text, "venue": session.venue_text, "reason": "Balai dipakai."}
    how: dict[str, Any] = {"step": Step.MOVED, "at": clock.now(), "by": by, "nonce": uuid4()}
    return Postponement.objects.create(activity=activity, session=session, **told, **how)


def make_pay_list(activity: Activity, *, by: User | None = None, **fields: Any) -> PayList:
    """Transport money of Rp50.000 for each who is there, unless a test says otherwise."""
    told = {"basis": PayList.Basis.PERSON, "purpose": "Uang transpor peserta", "rate": 50_000} | fields
    pay_list = PayList(activity=activity, **told)
    return PayList.objects.begin(pay_list, by=by or factories.make_user(), nonce=uuid4())


def make_invitation(activity: Activity, *, by: User | None = None, whom=None, **fields: Any) -> Invitation:
    return activity.invite(whom or factories.make_person(), by=by or factories.make_user(), **fields)


def make_attendance(activity: Activity, *, by: User | None = None, name: str = "", **fields) -> Attendance:
    """A walk-in on the list of the activity's first session."""
    session = activity.sessions.first()
    assert session
    guest = Guest(name=name or f"Tamu Nomor {next(_numbers)}", **fields)
    return session.check_in(guest, by=by or factories.make_user())


def make_signature(activity: Activity, *, by: User) -> ScreenSignature:
    """A signature on the screen, of a walk-in."""
    picture, out = Image.new("RGBA", (600, 240)), BytesIO()
    ImageDraw.Draw(picture).line([(20, 200), (150, 30), (300, 190), (560, 60)], "#10131a", 4)
    picture.save(out, "PNG")
    upload = SimpleUploadedFile("tanda-tangan.png", out.getvalue(), "image/png")
    return make_attendance(activity, by=by).sign(upload, by)


def make_signed_scan(activity: Activity, *, by: User) -> SignedScan:
    """A scan of one page that is settled already."""
    return SignedScan.objects.create(
        session=activity.sessions.first(),
        nonce=uuid4(),
        pages=1,
        uploaded_by=by,
        settled_at=clock.now(),
        settled_by=by,
    )


WRITTEN = Writing(
    items=(
        ("Pembukaan", "Ketua BPD membuka musyawarah dan menyampaikan acara."),
        ("Usulan dusun", "Warga meminta lampu jalan didahulukan."),
    ),
    resolutions=("Lampu jalan dipasang di delapan titik.", "Talut Dusun Krajan diselesaikan."),
    chaired_by="Slamet Riyadi, dari BPD",
    noted_by="Retno Wulandari",
)


def make_minutes(
    activity: Activity | None = None, *, by: User | None = None, published: bool = True, **fields: Any
) -> Minutes:
    """Minutes of an activity whose list is closed, with two items and two resolutions."""
    by = by or factories.make_user()
    activity = activity or make_activity(**fields)
    minutes = Minutes.objects.write(activity, WRITTEN, version=0, nonce=uuid4(), by=by)
    if published:
        if not activity.closed_at:
            activity.close(by)
        minutes.publish(minutes.version, by)
    return minutes


def make_follow_up(minutes: Minutes | None = None, *, responsible=None, by: User | None = None, **fields):
    """A task from the first resolution, due in two weeks."""
    minutes = minutes or make_minutes()
    told: dict[str, Any] = {
        "task": f"Memasang lampu nomor {next(_numbers)}",
        "due_on": clock.today() + timedelta(days=14),
        "nonce": uuid4(),
    }
    resolution = minutes.activity.resolutions.get(number=1)
    given: FollowUp = resolution.set_follow_up(
        responsible=responsible or factories.make_person(), by=by or factories.make_user(), **told | fields
    )
    return given


def make_certificate(training: Training | None = None, *, user: User | None = None, name: str = "", **fields):
    """The certificate of somebody who came to a training whose list is closed: of an account, or of a guest."""
    training = training or make_training(**fields)
    by, session = factories.make_user(), training.activity.sessions.get()
    if not training.activity.closed_at:
        person = Person.objects.of(user) if user else None
        session.check_in(person or Guest(name=name or f"Peserta {next(_numbers)}"), by=by)
        training.activity.close(by)
    Certificate.objects.issue(training, by)
    return Certificate.objects.filter(training=training).latest("pk")


def make_competence(name: str = "") -> Competence:
    return Competence.objects.named(name or f"Kompetensi {next(_numbers)}")


def make_training(activity: Activity | None = None, *, competences=(), **fields: Any) -> Training:
    """A training of four hours whose activity began this morning."""
    own = {name: fields.pop(name) for name in ("starts_at", "announced", "region", "title") if name in fields}
    activity = activity or make_activity(**own)
    defaults = {"goals": "Memilah sampah di rumah.\nMembuat kompos.", "hours": 4}
    training = Training.objects.create(activity=activity, **defaults | fields)
    training.competences.set(competences or [make_competence()])
    activity.index_words()
    return training


def make_open_activity(*, capacity: int | None = 2, closes_at=None, **fields: Any) -> Activity:
    """An activity in a week, open to registration since an hour."""
    activity = make_activity(starts_at=clock.now() + timedelta(days=7), **fields)
    opens_at = clock.now() - timedelta(hours=1)
    by = factories.make_user()
    activity.set_registration(opens_at=opens_at, closes_at=closes_at, capacity=capacity, by=by)
    return activity


def make_registration(activity: Activity | None = None, *, person=None, name: str = "", **fields: Any):
    """Somebody without an account, unless a person is given."""
    told: dict[str, Any] = {"nonce": uuid4(), "how": Registration.How.ACCOUNT if person else "kode"}
    told["name"] = "" if person else name or f"Pendaftar Nomor {next(_numbers)}"
    made: Registration = Registration.objects.register(
        activity or make_open_activity(), person=person, **told | fields
    )
    return made
