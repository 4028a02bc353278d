"""What a reader sees when a page cannot be made: words, never a trace."""

from __future__ import annotations

import logging

import pytest
from flask import Flask

from dashboard.addresses import Addresses
from dashboard.app import create_app
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
    assert text.count("<h1") == 1
    assert 'class="page"' in text


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


def test_what_the_app_draws_after_an_error_is_a_page_at_its_address() -> None:
    def broken() -> Site:
        raise ZeroDivisionError

    client = create_app(broken).test_client()
    answer = client.post(
        "/_dash-update-component",
        json={
            "output": "..content.html...content.children..",
            "outputs": [
                {"id": "content", "property": "html"},
                {"id": "content", "property": "children"},
            ],
            "inputs": [
                {"id": "address", "property": "pathname", "value": "/en/figures"},
                {"id": "address", "property": "search", "value": "?q=x"},
            ],
            "changedPropIds": ["address.pathname"],
        },
    )
    drawn = answer.get_json()["response"]["content"]["html"]
    assert 'class="page"' in drawn
    assert 'data-address="/en/figures?q=x"' in drawn
    assert "<h1>Something went wrong" in drawn


def test_requests_that_are_too_long_are_refused_in_words() -> None:
    def never() -> Site:
        pytest.fail("nothing is made for such a request")

    client = create_app(never).test_client()
    answer = client.get("/en/figures?q=" + "x" * 2001)
    assert answer.status_code == 414
    assert "This address is too long" in answer.text
    answer = client.post("/_dash-update-component", json={"output": "x" * 70_000})
    assert answer.status_code == 413
    assert "Dit adres is te lang" in answer.text


def test_a_search_that_is_too_long_is_named_and_not_cut() -> None:
    addresses = Addresses({})
    assert addresses.parse("/nl/cijfers", "q=" + "x" * 200).selection.text == "x" * 200
    address = addresses.parse("/nl/cijfers", "q=" + "x" * 201)
    assert address.selection.text == ""
    assert address.unknown == (("q", "x" * 60 + "…"),)
