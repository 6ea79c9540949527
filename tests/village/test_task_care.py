from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.db.models.functions import Now
from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from partisipasi.db import village_scope
from partisipasi.village import task_care
from partisipasi.village.models import FailedWork, Heartbeat
from tests.papers.models import Paper
from tests.papers.tasks import write_paper


def work_off() -> None:
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)


def pass_time() -> None:
    """Let the pause before the next attempt be over."""
    DBTaskResult.objects.update(run_after=Now() - timedelta(seconds=1))


def start_running(worker: str, attempts: int = 1) -> DBTaskResult:
    DBTaskResult.objects.update(
        status=TaskResultStatus.RUNNING,
        started_at=Now() - timedelta(minutes=1),
        worker_ids=[worker] * attempts,
    )
    return DBTaskResult.objects.get()


@pytest.fixture(autouse=True)
def _connection_keeps_its_name():
    yield
    connection.settings_dict["OPTIONS"].pop("application_name", None)


@pytest.fixture
def _worker_shares_our_connection(monkeypatch):
    """A test's worker runs in the test's own transaction, so its connection is not opened anew."""
    monkeypatch.setattr(connection, "close", lambda: None)


pytestmark = pytest.mark.usefixtures("_worker_shares_our_connection")


def test_a_task_runs_in_its_village(village, neighbour):
    write_paper.enqueue(neighbour.pk, "Undangan")

    work_off()

    assert not Paper.objects.exists()
    with village_scope(neighbour):
        assert Paper.objects.get().title == "Undangan"


def test_a_failed_task_is_tried_three_times_more_and_then_shown(village, neighbour):
    write_paper.enqueue(village.pk, "")

    attempts = []
    for _ in range(6):
        work_off()
        attempts.append(len(DBTaskResult.objects.get().worker_ids))
        task_care.care()
        pass_time()

    assert attempts == [1, 2, 3, 4, 4, 4]
    shown = FailedWork.objects.waiting().get()
    assert shown.name == "tests.papers.tasks.write_paper"
    assert shown.error == "builtins.ValueError"
    assert shown.failures == 4
    with village_scope(neighbour):
        assert not FailedWork.objects.exists()


def test_pauses_grow_between_attempts(village):
    write_paper.enqueue(village.pk, "")

    pauses = []
    for _ in range(3):
        work_off()
        task_care.care()
        task = DBTaskResult.objects.get()
        pauses.append(task.run_after - task.finished_at)
        work_off()
        assert len(DBTaskResult.objects.get().worker_ids) == len(pauses)
        pass_time()

    assert tuple(pauses) == task_care.PAUSES


def fail_for_good(village) -> FailedWork:
    write_paper.enqueue(village.pk, "")
    DBTaskResult.objects.update(
        status=TaskResultStatus.FAILED,
        finished_at=Now(),
        worker_ids=["a"] * 4,
        exception_class_path="builtins.ValueError",
    )
    task_care.care()
    return FailedWork.objects.get()


def test_an_administrator_lets_a_task_be_tried_anew(village):
    fail_for_good(village).retry()
    DBTaskResult.objects.update(args_kwargs={"args": [village.pk, "Undangan"], "kwargs": {}})

    work_off()
    task_care.care()

    assert Paper.objects.get().title == "Undangan"
    assert not FailedWork.objects.exists()


def test_what_an_administrator_dismissed_does_not_come_back(village):
    fail_for_good(village).dismiss()

    task_care.care()

    assert not FailedWork.objects.waiting().exists()
    assert FailedWork.objects.count() == 1


def test_the_task_of_a_killed_worker_is_queued_again(village):
    write_paper.enqueue(village.pk, "Undangan")
    start_running("worker-that-was-killed")

    assert task_care.care() == 1
    work_off()

    assert Paper.objects.get().title == "Undangan"


def test_a_task_that_runs_in_a_living_worker_is_left_alone(village):
    write_paper.enqueue(village.pk, "Undangan")
    start_running("living")
    living = connections.create_connection("default")
    living.settings_dict = {
        **living.settings_dict,
        "OPTIONS": {**living.settings_dict["OPTIONS"], "application_name": f"{task_care.WORKER}living"},
    }
    living.ensure_connection()

    assert task_care.care() == 0
    assert DBTaskResult.objects.get().status == TaskResultStatus.RUNNING

    living.close()


def test_a_task_that_kills_its_workers_is_given_up(village):
    write_paper.enqueue(village.pk, "Undangan")
    start_running("killed", attempts=4)

    task_care.care()

    assert DBTaskResult.objects.get().status == TaskResultStatus.FAILED
    assert FailedWork.objects.waiting().get().error == task_care.ABANDONED


def test_the_worker_is_asked_for_one_sign_of_life_and_gives_it(village):
    task_care.ask_for_beat()
    task_care.ask_for_beat()
    assert DBTaskResult.objects.count() == 1
    assert not Heartbeat.is_alive("tasks", timedelta(minutes=5))

    work_off()

    assert Heartbeat.is_alive("tasks", timedelta(minutes=5))


def test_a_sign_of_life_grows_old(village):
    Heartbeat.beat("due")
    Heartbeat.objects.update(at=Now() - timedelta(minutes=6))

    assert not Heartbeat.is_alive("due", timedelta(minutes=5))


def test_old_results_are_forgotten(village):
    write_paper.enqueue(village.pk, "Undangan")
    task_care.ask_for_beat()
    work_off()
    assert DBTaskResult.objects.count() == 2

    DBTaskResult.objects.update(
        finished_at=Now() - timedelta(days=15), enqueued_at=Now() - timedelta(days=15)
    )
    task_care.care()

    assert not DBTaskResult.objects.exists()
    assert Paper.objects.exists()


@pytest.mark.django_db
def test_the_worker_names_its_connection_after_itself():
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0, worker_id="nomor-7")

    assert connection.settings_dict["OPTIONS"]["application_name"] == f"{task_care.WORKER}nomor-7"
