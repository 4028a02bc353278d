"""Addresses that answer with something else than a page: files, health, the front door."""

from __future__ import annotations

import logging
from html import escape
from http import HTTPStatus

from flask import Flask, Response, jsonify, redirect, request
from werkzeug.exceptions import (
    HTTPException,
    InternalServerError,
    RequestEntityTooLarge,
    RequestURITooLarge,
)
from werkzeug.wrappers import Response as AnyResponse

from dashboard.addresses import DEFAULT_LOCALE, LOCALES, UnknownAddressError
from dashboard.markup.feed import MEDIA_TYPE, feed_xml
from dashboard.pages.file_tags import FileTags
from dashboard.pages.maker import PageMaker
from dashboard.text.words import words
from dashboard.views.changes_csv import TooManyChangesError
from warehouse.errors import WarehouseError

LONGEST_QUERY = 2000
"""Characters of a query; every choice of every filter together stays below it."""
_LOG = logging.getLogger(__name__)


def add_routes(server: Flask, maker: PageMaker) -> None:
    """Adds the front door, the files, the health of the site and its answers to errors."""

    @server.before_request
    def refuse_long_queries() -> None:
        if len(request.query_string) > LONGEST_QUERY:
            raise RequestURITooLarge

    @server.errorhandler(RequestURITooLarge)
    @server.errorhandler(RequestEntityTooLarge)
    def too_long(error: HTTPException) -> Response:
        own = words(f"answers.{_language()}")
        status = HTTPStatus(error.code or HTTPStatus.BAD_REQUEST)
        return _answer(own("too_long.title"), own("too_long.text"), _language(), status)

    @server.get("/")
    def front_door() -> AnyResponse:
        return redirect(f"/{DEFAULT_LOCALE}/", code=HTTPStatus.FOUND)

    @server.get("/gezond")
    def health() -> Response:
        release = maker.site.release_id()
        return jsonify(status="ok", release=release)

    tags = FileTags()

    def file(**_: str) -> AnyResponse:
        # The whole address is read, so that it means the same as that of a page.
        query = request.query_string.decode("utf-8", "replace")
        with maker.site.pinned() as release:
            address = maker.site.addresses.parse(request.path, query)
            key = (release, maker.site.state(address), address)
            tag = _tag_asked_for(tags.of(key))
            if tag is not None:
                # The reader has the file already; some take seconds to make.
                answer = Response(status=HTTPStatus.NOT_MODIFIED)
                answer.set_etag(tag)
            else:
                answer = Response(maker.site.table_csv(address), mimetype="text/csv")
                name = maker.site.file_name(address)
                answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
                answer.add_etag()
                tags.keep(key, answer.get_etag()[0] or "")
        answer.headers["Cache-Control"] = "no-cache"
        return answer.make_conditional(request)

    for locale in LOCALES:
        server.add_url_rule(f"/{locale}/csv/<path:rest>", f"csv-{locale}", file)

    def feed(**_: str) -> AnyResponse:
        with maker.site.pinned():
            address = maker.site.addresses.parse(request.path)
            text = feed_xml(maker.site.feed(address))
        answer = Response(text, content_type=f"{MEDIA_TYPE}; charset=utf-8")
        answer.headers["Cache-Control"] = "no-cache"
        answer.add_etag()
        # Readers of feeds ask every hour; most of the time nothing has changed.
        return answer.make_conditional(request)

    for locale in LOCALES:
        server.add_url_rule(f"/{locale}/<name>.atom", f"feed-{locale}", feed)

    @server.errorhandler(UnknownAddressError)
    def unknown(error: UnknownAddressError) -> Response:
        page, _ = maker.page(error.path, "")
        return _answer(page.title, page.lead, page.locale, HTTPStatus.NOT_FOUND)

    @server.errorhandler(TooManyChangesError)
    def too_many(_error: TooManyChangesError) -> Response:
        own = words(f"answers.{_language()}")
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _answer(own("too_many.title"), own("too_many.text"), _language(), status)

    @server.errorhandler(WarehouseError)
    def no_data(error: WarehouseError) -> Response:
        _LOG.error("The warehouse cannot be read: %s", error)
        own = words(f"markup.{_language()}")
        return _answer(
            own("no_data.title"), own("no_data.text"), _language(), HTTPStatus.SERVICE_UNAVAILABLE
        )

    @server.errorhandler(InternalServerError)
    def failed(_error: InternalServerError) -> Response:
        own = words(f"markup.{_language()}")
        return _answer(
            own("failed.title"), own("failed.text"), _language(), HTTPStatus.INTERNAL_SERVER_ERROR
        )


def _tag_asked_for(known: str | None) -> str | None:
    """Returns the tag of what the reader has, where that is the file that is asked for."""
    asked = request.if_none_match.as_set(include_weak=True)
    # A compressed file has the same tag with the way of compressing behind it.
    return next((tag for tag in asked if known and tag.partition(":")[0] == known), None)


def _language() -> str:
    return "en" if request.path.startswith("/en") else DEFAULT_LOCALE


def _answer(title: str, text: str, locale: str, status: HTTPStatus) -> Response:
    """Writes a bare page in words, for when the real one cannot be made."""
    home = escape(words(f"markup.{locale}")("failed.home"))
    return Response(
        f'<!DOCTYPE html><html lang="{locale}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title></head><body><main><h1>{escape(title)}</h1>"
        f'<p>{escape(text)}</p><p><a href="/{locale}/">{home}</a></p></main></body></html>',
        status=status,
        mimetype="text/html",
    )
