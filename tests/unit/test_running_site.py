"""A running site after a build: words and numbers of one release, from the next request on."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import duckdb
import pytest
from flask.testing import FlaskClient

from dashboard.addresses import Address
from dashboard.app import create_app
from dashboard.pages.maker import PageMaker
from dashboard.settings import load_settings
from dashboard.site import Site
from etl.deliveries import SHIPPED
from etl.load import prepare
from warehouse.build import build_release
from warehouse.catalogue import Catalogue, load_catalogue
from warehouse.catalogue.stored import read_catalogue, write_catalogue
from warehouse.errors import BrokenReleaseError
from warehouse.models import MODELS
from warehouse.publication import Publication, write_down
from warehouse.read_model import ReadModel
from warehouse.releases import Releases

T = TypeVar("T")
NEW = "/nl/indicator/market-share-again"


def extended(catalogue: Catalogue, suffix: str) -> Catalogue:
    """Add an insurer and an indicator, in the words of `suffix`."""
    known = catalogue.insurers["vgz"]
    insurer = known.model_copy(update={"code": "nieuw", "name": f"Nieuwe Zorg {suffix}"})
    example = catalogue.indicators["market_share"]
    text = example.nl.model_copy(update={"title": f"Nogmaals het marktaandeel {suffix}"})
    indicator = example.model_copy(update={"id": "market_share_again", "nl": text, "order": 99})
    return replace(
        catalogue,
        insurers=added(catalogue.insurers, "nieuw", insurer),
        indicators=added(catalogue.indicators, "market_share_again", indicator),
    )


def added(entries: Mapping[str, T], code: str, entry: T) -> dict[str, T]:
    return {**entries, code: entry}


def build(releases: Path, catalogue: Catalogue, models: Path) -> str:
    loader = prepare([SHIPPED])
    result = build_release(
        releases=releases,
        inputs=loader.inputs,
        load_raw=loader.load,
        catalogue=catalogue,
        built_at=datetime.now(UTC),
        program_version="test",
        on_step=lambda _: None,
        models=models,
    )
    assert result.is_new
    return result.release.release_id


@pytest.fixture
def releases(shipped_releases: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(shipped_releases, tmp_path / "releases", symlinks=True))


@pytest.fixture
def client(releases: Path) -> FlaskClient:
    return create_app(lambda: Site(ReadModel(releases), load_settings())).test_client()


def test_a_new_code_and_a_new_indicator_are_served_from_the_next_request(
    client: FlaskClient, releases: Path, tmp_path: Path
) -> None:
    assert client.get(NEW).status_code == 404
    models = Path(shutil.copytree(MODELS, tmp_path / "models"))
    (models / "indicators" / "market_share_again.sql").write_text(
        "select figure_id, 'insured' as base,\n"
        "    case when insurer_code = 'vgz' then 'nieuw' else insurer_code end as insurer_code\n"
        "from mart_figure_value\n"
        "where measure_code = 'insurer_market_share' and value is not null\n",
        encoding="utf-8",
    )
    build(releases, extended(load_catalogue(), "één"), models)
    page = client.get(NEW)
    assert page.status_code == 200
    assert "Nogmaals het marktaandeel één" in page.text
    assert "Nieuwe Zorg één" in page.text

    build(releases, extended(load_catalogue(), "twee"), models)
    page = client.get(NEW)
    assert "Nieuwe Zorg twee" in page.text
    assert "één" not in page.text.partition("<h1")[2].partition("</h1>")[0]

    store = Releases(releases)
    store.rollback()
    assert "Nieuwe Zorg één" in client.get(NEW).text
    store.rollback()
    assert client.get(NEW).status_code == 404


def test_a_page_is_remembered_under_the_release_it_was_made_from(releases: Path) -> None:
    """A build that comes in between the question and the answer changes neither."""
    first = Releases(releases).current()
    assert first is not None
    second = Path(shutil.copytree(first, releases / "second"))
    store = Releases(releases)
    made: list[str] = []

    class Interrupted(Site):
        def page(self, *arguments: object, **options: object) -> object:
            store.make_current(second.name)
            made.append(self.release_id())
            return super().page(*arguments, **options)  # type: ignore[arg-type]

    maker = PageMaker(lambda: Interrupted(ReadModel(releases), load_settings()))
    maker.page("/nl/methode", "")
    assert made == [first.name]
    assert maker.site.release_id() == second.name
    maker.page("/nl/methode", "")
    assert made == [first.name, second.name]


def test_the_stored_catalogue_is_the_one_that_was_given(tmp_path: Path) -> None:
    catalogue = load_catalogue()
    write_catalogue(catalogue, tmp_path)
    assert read_catalogue(tmp_path) == catalogue


def test_a_release_without_its_words_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(BrokenReleaseError, match="python -m etl build"):
        read_catalogue(tmp_path)


LATER_TABLES = ("known_release", "publication", "dated_event")
LATER_COLUMNS = {
    "correction": (
        "error", "source_id", "is_applied", "found_on", "said_by", "said_in", "delivery_id",
        "row_key", "line",
    ),
    "value_history": ("is_gone", "status_before_hiding"),
    "revision": ("release_id", "published_at"),
}  # fmt: skip


def made_earlier(release: Path) -> None:
    """Take away what releases of the version before do not have yet."""
    with duckdb.connect(str(release / "public.duckdb")) as connection:
        for table in LATER_TABLES:
            connection.execute(f"drop table if exists published.{table}")
        for table, columns in LATER_COLUMNS.items():
            for column in columns:
                connection.execute(f"alter table published.{table} drop column {column}")
    file = release / "catalogue.json"
    words = json.loads(file.read_text(encoding="utf-8"))
    del words["events"]
    file.write_text(json.dumps(words), encoding="utf-8")


def test_a_release_of_the_version_before_is_served_whole(
    client: FlaskClient, releases: Path
) -> None:
    current = Releases(releases).current()
    assert current is not None
    made_earlier(current)
    site = Site(ReadModel(releases), load_settings())
    asked: dict[tuple[str, str], str] = {}
    for address in site.export_addresses():
        asked.setdefault((address.locale, address.page), site.addresses.href(address))
    asked |= {
        ("nl", "price"): "/nl/indicator/price-index?as_of=2026-01-01",
        ("nl", "figure"): "/nl/cijfers/ggz2022-fig5",
        ("nl", "example"): "/nl/?data=example",
        ("nl", "figures file"): "/nl/csv/cijfers.csv",
        ("nl", "changes file"): "/nl/csv/wijzigingen.csv",
        ("en", "changes file"): "/en/csv/changes.csv",
        ("nl", "feed"): "/nl/wijzigingen.atom",
        ("en", "feed"): "/en/changes.atom",
    }
    assert {path: client.get(path).status_code for path in asked.values()} == dict.fromkeys(
        asked.values(), 200
    )


def test_a_file_that_a_reader_has_is_not_made_again(releases: Path) -> None:
    made: list[str] = []

    class Counted(Site):
        def table_csv(self, address: Address) -> str:
            made.append(address.page)
            return super().table_csv(address)

    def fresh() -> FlaskClient:
        return create_app(lambda: Counted(ReadModel(releases), load_settings())).test_client()

    client, path = fresh(), "/nl/csv/wijzigingen.csv"
    compressed = {"Accept-Encoding": "br"}
    first = client.get(path, headers=compressed)
    known = compressed | {"If-None-Match": first.headers["ETag"]}
    again = client.get(path, headers=known)
    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Cache-Control"] == "no-cache"
    assert made == ["changes"]
    assert client.get("/nl/csv/cijfers.csv", headers=known).status_code == 200
    # Another process gives the same file the same tag: it stands for what is in it.
    assert fresh().get(path, headers=compressed).headers["ETag"] == first.headers["ETag"]
    # What is told of releases may change while one is served.
    made.clear()
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    write_down(releases, Publication(moment, "switch", ReadModel(releases).release_id()))
    client.get(path, headers=known)
    assert made == ["changes"]
