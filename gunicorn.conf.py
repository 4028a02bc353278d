"""How gunicorn serves the site; it reads this file by itself when started from this folder."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gunicorn.arbiter import Arbiter
    from gunicorn.workers.base import Worker

worker_class = "gthread"
# Never load the application before the fork: a worker must open its own database.
preload_app = False
# No control socket: it would be a file outside this folder.
control_socket_disable = True


def on_starting(server: Arbiter) -> None:
    """Refuse to open a port that is too wide for the edition, however gunicorn was started."""
    from dashboard.__main__ import choose_language
    from dashboard.editions import check_binds
    from dashboard.text.spoken import SpokenError

    try:
        check_binds(server.cfg.address)
    except SpokenError as error:
        sys.stderr.write(f"{error.text(choose_language([]))}\n")
        sys.exit(1)


def when_ready(server: Arbiter) -> None:  # noqa: ARG001 - gunicorn asks for it
    """Say where the site is, now that its port is open."""
    said = os.environ.get("SERVE_READY")
    if said:
        sys.stdout.write(f"{said}\n")
        sys.stdout.flush()


def post_worker_init(worker: Worker) -> None:
    """Make the first page in each worker at once, so that no reader waits for it.

    What is loaded by then stays as long as the worker: looking through it for garbage again and
    again would hold up all readers of the worker for a sixth of a second.
    """
    worker.wsgi.test_client().get("/nl/")
    gc.collect()
    gc.freeze()
    # A page makes some thousands of objects, nearly all of which go by themselves.
    gc.set_threshold(20_000, 20, 20)


def worker_exit(server: Arbiter, worker: Worker) -> None:  # noqa: ARG001 - gunicorn asks for it
    """Let go of what was kept, so that the libraries can close in order."""
    gc.unfreeze()
