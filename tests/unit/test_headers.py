"""The policy that keeps scripts from elsewhere, and inline ones, from running."""

from __future__ import annotations

from flask import Flask

from dashboard.pages.headers import add_headers, content_security_policy


def directives(policy: str) -> dict[str, list[str]]:
    parts = (rule.strip().split() for rule in policy.split(";"))
    return {name: values for name, *values in parts}


def test_scripts_come_from_this_host_or_carry_a_hash() -> None:
    policy = directives(content_security_policy(["'sha256-abc='"]))

    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == ["'self'", "'sha256-abc='"]
    assert policy["frame-ancestors"] == ["'none'"]
    assert policy["connect-src"] == ["'self'"]
    assert not any(host.startswith("http") for hosts in policy.values() for host in hosts)


def test_hashes_are_asked_with_each_page_because_dash_adds_scripts_late() -> None:
    server = Flask("test")
    hashes: list[str] = []
    add_headers(server, lambda: hashes)
    server.add_url_rule("/", "page", lambda: "<p>hello</p>")
    client = server.test_client()

    first = client.get("/").headers["Content-Security-Policy"]
    hashes.append("'sha256-late='")
    second = client.get("/").headers["Content-Security-Policy"]

    assert "sha256" not in first
    assert "'sha256-late='" in second


def test_every_answer_carries_the_other_headers() -> None:
    server = Flask("test")
    add_headers(server, list)
    headers = server.test_client().get("/nowhere").headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Referrer-Policy"]
