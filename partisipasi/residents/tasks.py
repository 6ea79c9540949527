from django.tasks import task

from partisipasi.db import village_task


@task()
@village_task
def mail_due() -> None:
    """Hand over what is to be mailed now, without waiting for the next round of `due`."""
    from .notice_mail import hand_over

    hand_over()


@task()
@village_task
def mail_notices(pks: list[int]) -> None:
    """Mail one letter with these notices. Fails where the mail server refuses, and is then tried again."""
    from .notice_mail import send

    send(pks)
