"""People who act at the same moment: real threads, each on a database connection of its own."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

from django.db import connection

from partisipasi.db import village_scope
from partisipasi.village.models import Village


def at_once(village: Village, *acts: Callable[[], Any]) -> list[Any]:
    """What each act returned, or the exception that it raised, all begun together in the scope of `village`."""
    start = Barrier(len(acts))
    outcomes: list[Any] = [None] * len(acts)

    def run(index: int, act: Callable[[], Any]) -> None:
        try:
            with village_scope(village):
                start.wait(30)
                outcomes[index] = act()
        except Exception as error:
            outcomes[index] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes
