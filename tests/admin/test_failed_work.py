import pytest
from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from partisipasi.db import village_scope
from partisipasi.residents.models import Role
from partisipasi.village.models import FailedWork
from tests import factories
from tests.papers.tasks import write_paper

LIST = "/admin/village/failedwork/"


@pytest.fixture
def failed(village) -> FailedWork:
    task = write_paper.enqueue(village.pk, "")
    DBTaskResult.objects.update(status=TaskResultStatus.FAILED, worker_ids=["a"] * 4)
    return FailedWork.objects.create(
        name="papers.write", task=task.id, failures=4, error="builtins.ValueError"
    )


@pytest.fixture
def admin(client, village):
    client.force_login(factories.make_official(Role.ADMIN))
    return client


def act(client, name: str, work: FailedWork):
    return client.post(LIST, {"action": name, "_selected_action": [work.pk]}, follow=True)


def test_what_failed_for_good_waits_for_the_administrator(admin, failed, neighbour):
    with village_scope(neighbour):
        FailedWork.objects.create(name="rahasia.tetangga", failures=4, error="x")
    FailedWork.objects.create(name="papers.once", failures=1, error="x")

    index, shown = admin.get("/admin/").text, admin.get(LIST).text

    assert "Pekerjaan portal yang gagal" in index
    assert LIST in index
    assert "papers.write" in shown
    assert "papers.once" not in shown
    assert "rahasia.tetangga" not in shown


def test_the_administrator_lets_it_be_tried_again(admin, failed):
    response = act(admin, "retry", failed)

    assert "1 tugas akan dicoba lagi." in response.text
    assert DBTaskResult.objects.get().status == TaskResultStatus.READY
    assert not FailedWork.objects.exists()


def test_the_administrator_dismisses_it(admin, failed):
    act(admin, "dismiss", failed)

    assert not FailedWork.objects.waiting().exists()
    assert DBTaskResult.objects.get().status == TaskResultStatus.FAILED
    assert "papers.write" not in admin.get(LIST).text


def test_others_see_nothing_of_it(client, failed):
    client.force_login(factories.make_official(Role.OPERATOR))

    assert client.get(LIST).status_code == 403
    assert act(client, "retry", failed).status_code == 403
    assert FailedWork.objects.waiting().exists()
