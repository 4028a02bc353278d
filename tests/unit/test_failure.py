"""What a reader sees when a page cannot be made: words, never a trace."""

from __future__ import annotations

import logging

import pytest
from flask import Flask

from dashboard.pages.content import failure
from dashboard.pages.maker import PageMaker
from dashboard.pages.routes import add_routes
from dashboard.site import Site
from warehouse.errors import WarehouseError


def test_a_failed_page_says_so_in_both_languages_and_logs_the_error(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR):
        text, parts = failure(ZeroDivisionError("secret detail"))

    assert "Er ging iets mis" in text
    assert "Something went wrong" in text
    assert "secret detail" not in text
    assert parts == []
    assert "secret detail" in caplog.text


def test_without_a_release_the_site_says_what_the_operator_must_do() -> None:
    def nothing_built() -> Site:
        msg = "There is no release yet."
        raise WarehouseError(msg)

    server = Flask("test")
    add_routes(server, PageMaker(nothing_built))
    answer = server.test_client().get("/gezond")

    assert answer.status_code == 503
    assert "python -m etl build" in answer.text
    assert "Traceback" not in answer.text


def test_an_error_that_nobody_foresaw_is_a_page_in_words() -> None:
    def broken() -> Site:
        raise ZeroDivisionError

    server = Flask("test")
    add_routes(server, PageMaker(broken))
    answer = server.test_client().get("/en/csv/figures.csv")

    assert answer.status_code == 500
    assert "Something went wrong" in answer.text
    assert "ZeroDivisionError" not in answer.text
