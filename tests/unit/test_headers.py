"""The policy that keeps scripts from elsewhere, and inline ones, from running."""

from __future__ import annotations

from pathlib import Path

from flask import Flask, jsonify

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
    add_headers(server, lambda: hashes, Path())
    server.add_url_rule("/", "page", lambda: "<p>hello</p>")
    client = server.test_client()

    first = client.get("/").headers["Content-Security-Policy"]
    hashes.append("'sha256-late='")
    second = client.get("/").headers["Content-Security-Policy"]

    assert "sha256" not in first
    assert "'sha256-late='" in second


def test_every_answer_carries_the_other_headers() -> None:
    server = Flask("test")
    add_headers(server, list, Path())
    headers = server.test_client().get("/nowhere").headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Referrer-Policy"]


def test_only_the_very_file_that_an_address_names_is_kept_for_good(tmp_path: Path) -> None:
    file = tmp_path / "site.css"
    file.touch()
    server = Flask("test", static_folder=str(tmp_path), static_url_path="/assets")
    add_headers(server, list, tmp_path)
    client = server.test_client()
    changed = int(file.stat().st_mtime)

    def kept(query: str) -> str:
        with client.get(f"/assets/site.css{query}") as answer:
            return answer.headers["Cache-Control"]

    assert "immutable" in kept(f"?m={changed}")
    assert kept(f"?m={changed + 1}") == "no-cache"
    assert kept("?m=") == "no-cache"
    assert "immutable" not in kept("")


def test_answers_in_json_are_not_kept() -> None:
    server = Flask("test")
    add_headers(server, list, Path())
    server.add_url_rule("/gezond", "health", lambda: jsonify(status="ok"))
    assert server.test_client().get("/gezond").headers["Cache-Control"] == "no-store"
