"""Headers that keep the browser from running, framing or fetching what is not ours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from flask import Flask, Response, request
from werkzeug.security import safe_join

_YEAR = 365 * 24 * 3600
_WEEK = 7 * 24 * 3600

_FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
        "magnetometer=(), microphone=(), payment=(), usb=(), clipboard-write=(self)"
    ),
}


def content_security_policy(script_hashes: Sequence[str]) -> str:
    """Writes the policy: everything from this host, no inline script but those with a hash.

    Styles may be inline: Plotly, Mantine and React write them while they draw, and a list of
    hashes would have to change with each of their versions. Forms go to this host only.
    """
    scripts = " ".join(["'self'", *script_hashes])
    rules = {
        "default-src": "'none'",
        "script-src": scripts,
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def add_headers(server: Flask, script_hashes: Callable[[], Sequence[str]], assets: Path) -> None:
    """Sends the headers with every answer.

    Args:
        server: The application that answers.
        script_hashes: Gives the hashes of Dash's own inline scripts. It is asked with every
            page and not before: Dash adds its last script while it makes the first page.
        assets: Folder of the files under `/assets/`.
    """

    @server.after_request
    def send(response: Response) -> Response:
        hashes = script_hashes() if response.mimetype == "text/html" else ()
        response.headers["Content-Security-Policy"] = content_security_policy(hashes)
        response.headers.update(_FIXED)
        if request.path.startswith("/assets/") and response.status_code == 200:
            response.headers["Cache-Control"] = _lasting(assets)
        elif response.mimetype == "text/html":
            response.headers["Cache-Control"] = "no-cache"
        elif response.mimetype == "application/json":
            # What the site holds now; an earlier answer is never right.
            response.headers["Cache-Control"] = "no-store"
        return response


def _lasting(assets: Path) -> str:
    """Says how long a file may be kept: for good only where the address names this very one."""
    asked = request.args.get("m")
    if asked is None:
        return f"public, max-age={_WEEK}"
    found = safe_join(str(assets), request.path.removeprefix("/assets/"))
    if found is None or not Path(found).is_file() or asked != str(int(Path(found).stat().st_mtime)):
        return "no-cache"
    return f"public, max-age={_YEAR}, immutable"
