"""Which edition the site shows, and that the one for staff stays on this machine.

There is no login yet, so only the loopback address keeps the names of insurers from others.
That is looked at three times: by the command, by gunicorn before it opens a port, and with
every request, because a page elsewhere may point a name of its own at this machine.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING, Literal, get_args

from dashboard.text.spoken import SpokenError

if TYPE_CHECKING:
    from flask import Flask

EditionName = Literal["public", "staff"]
EDITION_NAMES: tuple[EditionName, ...] = get_args(EditionName)
VARIABLE = "EDITION"
"""The variable of the environment that chooses; without it the site is the public one."""
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class UnknownEditionError(SpokenError):
    """EDITION names an edition that there is not."""

    def __init__(self, given: str) -> None:
        """Name what was given."""
        super().__init__("edition.unknown", given=given, known=", ".join(EDITION_NAMES))


class StaffAddressError(SpokenError):
    """The staff edition would listen where others can reach it."""

    def __init__(self, host: str) -> None:
        """Name the address."""
        super().__init__("edition.staff_address", host=host or "0.0.0.0")  # noqa: S104  # only told


def chosen_edition() -> EditionName:
    """Returns the edition that the environment asks for.

    Raises:
        UnknownEditionError: There is no such edition.
    """
    given = os.environ.get(VARIABLE, "") or "public"
    for name in EDITION_NAMES:
        if given == name:
            return name
    raise UnknownEditionError(given)


def check_host(edition: EditionName, host: str) -> None:
    """Refuses an address at which others could reach the staff edition.

    Raises:
        StaffAddressError: The edition is for staff and the address not one of this machine alone.
    """
    if edition == "staff" and host.strip("[]").lower() not in LOOPBACK:
        raise StaffAddressError(host)


def check_binds(addresses: Iterable[object]) -> None:
    """Refuses what gunicorn is about to listen on, where that is too wide for the edition.

    Args:
        addresses: As gunicorn has read them: host and port, the path of a socket, or a number
            of an open file.

    Raises:
        StaffAddressError: One of them can be reached by others, or nobody can tell.
        UnknownEditionError: There is no such edition.
    """
    edition = chosen_edition()
    for address in addresses:
        host = str(address[0]) if isinstance(address, tuple) and address else str(address)
        check_host(edition, host)


def add_staff_guard(server: Flask) -> None:
    """Lets the staff edition answer to this machine only, under a name of this machine."""
    from flask import abort, request

    def guard() -> None:
        host = request.host.rsplit(":", 1)[0] if request.host.count(":") == 1 else request.host
        if host.startswith("["):
            host = host.partition("]")[0]
        named = host.strip("[]").lower() in LOOPBACK
        if not named or (request.remote_addr or "") not in LOOPBACK:
            abort(HTTPStatus.FORBIDDEN)

    server.before_request(guard)
