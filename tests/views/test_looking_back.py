"""Looking back: a page as it was known then, what changed since, and what a value first was."""

from __future__ import annotations

import csv
import io
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dashboard.addresses import Address, UnknownAddressError
from dashboard.app import create_app
from dashboard.markup import page_markup, to_html
from dashboard.pages.maker import PageMaker
from dashboard.settings import load_settings
from dashboard.site import Site
from dashboard.views.blocks import Banner, Chart, MomentForm, Notice, Page
from dashboard.views.cells import cells_of
from dashboard.views.known_codes import KnownCodes
from tests.conftest import run_etl
from tests.views.reading import charts_of, links_of, parts_of, strings_of
from warehouse.read_model import ReadModel
from warehouse.releases import Releases

HEADER = "figure_id,series,year,value,decimals,value_status,note,document_id\n"
FIRST = "idx-x-dbc-2019,dbc,2019,2.35,2,provisional,,nza_prijsindex_dbc\n" \
    "idx-x-capital-2025,capital,2025,2.20,2,final,,nza_prijsindex_kapitaal\n"  # fmt: skip
THEN = "idx-x-dbc-2019,dbc,2019,2.35,2,final,,nza_prijsindex_dbc\n" \
    "idx-x-capital-2025,capital,2025,2.61,2,final,,nza_prijsindex_kapitaal\n" \
    "idx-x-dbc-2020,dbc,2020,3.00,2,provisional,,nza_prijsindex_dbc\n"  # fmt: skip
PRICES = "/nl/indicator/price-index"


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three releases: before a delivery, with it, and with the one that corrects it."""
    root = tmp_path_factory.mktemp("looking-back")
    releases, deliveries = root / "releases", root / "deliveries"
    file = deliveries / "nza_price_index" / "2026" / "price_index_2026.csv"
    file.parent.mkdir(parents=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EXAMPLES", "off")
        for content in ("", FIRST, THEN):
            if content:
                file.write_text(HEADER + content, encoding="utf-8")
            made = run_etl("build", releases=releases, deliveries=deliveries if content else None)
            assert made.returncode == 0, made.stdout + made.stderr
    return releases


@pytest.fixture(scope="module")
def site(releases: Path) -> Site:
    """The site as it is now, on the newest of them."""
    return Site(ReadModel(releases), load_settings())


@pytest.fixture(scope="module")
def states(releases: Path) -> list[str]:
    """The releases, the newest first."""
    found = [one.release_id for one in ReadModel(releases).vintages()]
    assert len(found) == 3
    return found


def page(site: Site, path: str, query: str = "") -> Page:
    return site.page(site.addresses.parse(path, query))


def banner(made: Page) -> Banner:
    assert made.banner is not None
    return made.banner


def told(made: Page) -> str:
    found = banner(made)
    return " ".join(part.text for one in (*found.text, *found.more) for part in one.parts)


def chart(made: Page) -> Chart:
    return next(one for one in charts_of(made) if one.id == "price_index")


def column(made: Page, heading: str) -> dict[tuple[str, str], str]:
    """Returns a column of the table by period and series."""
    table = chart(made).table
    at = table.columns.index(heading)
    text = [["".join(part.text for part in cell.parts) for cell in row] for row in table.rows]
    return {(row[0], row[1]): row[at] for row in text}


def rows(site: Site, query: str, page: str = "indicator/price-index") -> list[dict[str, str]]:
    address = site.addresses.parse(f"/nl/csv/{page}.csv", query)
    return list(csv.DictReader(io.StringIO(site.table_csv(address))))


def test_a_page_shows_the_figures_of_then_and_says_so(site: Site, states: list[str]) -> None:
    now, middle, first = (page(site, PRICES, f"as_of={one}") for one in states)
    assert column(now, "Waarde")["2025", "Kapitaallasten"] == "2,61%"
    assert column(middle, "Waarde")["2025", "Kapitaallasten"] == "2,20%"
    assert ("2025", "Kapitaallasten") not in column(first, "Waarde")
    assert banner(middle).kind == "past"
    assert middle.document_title.startswith(f"Zoals bekend in uitgave {states[1]}: ")
    assert f"uitgave {states[1]}" in told(middle)
    assert states[1] in chart(middle).cite
    assert middle.navigation.release.endswith(states[1])
    assert "2,61%" not in set(strings_of(chart(middle).figure))


def test_the_banner_counts_what_changed_since_and_names_the_largest(
    site: Site, states: list[str]
) -> None:
    middle = told(page(site, PRICES, f"as_of={states[1]}"))
    assert "1 cijfer gewijzigd, 1 voorlopig cijfer nu definitief en 1 cijfer erbij" in middle
    assert "kapitaallasten, 2025, van 2,20% naar 2,61%. Dat is 0,41 procentpunt hoger." in middle
    first = told(page(site, PRICES, f"as_of={states[2]}"))
    assert "3 cijfers erbij" in first
    assert "Grootste" not in first
    elsewhere = told(page(site, "/nl/onderwerp/ongecontracteerde-zorg", f"as_of={states[1]}"))
    assert "niets veranderd" in elsewhere
    # A choice of years narrows what the page shows, and so what is counted.
    assert "2025" not in told(page(site, PRICES, f"years=2018-2019&as_of={states[1]}"))
    assert "1 cijfer gewijzigd" in told(page(site, "/nl/", f"as_of={states[1]}"))


@pytest.mark.parametrize(
    "path",
    [
        "/nl/", "/nl/onderwerp/indexatie", PRICES, "/nl/regio", "/nl/regio/ZK07",
        "/nl/verzekeraar", "/nl/verzekeraar/cz", "/nl/cijfers", "/nl/bronnen", "/nl/methode",
        "/nl/wijzigingen", "/en/indicator/price-index",
    ],
)  # fmt: skip
def test_every_link_keeps_the_moment(site: Site, states: list[str], path: str) -> None:
    made = page(site, path, f"as_of={states[1]}")
    back = banner(made).link
    assert back is not None
    assert "as_of" not in back.href
    choices = {link.href for form in forms(made) for link in form.states}
    lost = [
        link.href
        for link in links_of(made)
        if link.href.startswith("/")
        and "as_of=" not in link.href
        and link.href not in {back.href, *choices}
        and not link.href.endswith(".atom")
    ]
    assert lost == []
    assert ("as_of", states[1]) in made.navigation.search.hidden


def forms(made: Page) -> list[MomentForm]:
    return [part for part in parts_of(made.blocks) if isinstance(part, MomentForm)]


def test_the_download_is_of_then_and_says_so(site: Site, states: list[str]) -> None:
    then = rows(site, f"as_of={states[1]}")
    assert {row["as_of"] for row in then} == {states[1]}
    assert {row["release_id"] for row in then} == {states[1]}
    assert "2.61" not in {row["value"] for row in then}
    assert {row["as_of"] for row in rows(site, "")} == {""}
    address = site.addresses.parse(f"{PRICES}", "as_of=2026-04-03T10:12")
    # A moment that cannot be shown gives the present, and so a file without its name.
    assert site.file_name(Address("nl", "indicator", "price_index", form="csv")) == (
        "price-index.csv"
    )
    assert "zoals-bekend" not in site.file_name(address)
    known = site.addresses.parse("/nl/csv/indicator/price-index.csv", f"as_of={states[1]}")
    assert site.file_name(known) == f"zoals-bekend-{states[1]}-price-index.csv"


@pytest.mark.parametrize("word", ["2999-01-01", "vorige+week!"])
def test_a_download_says_that_a_moment_cannot_be_shown(site: Site, word: str) -> None:
    found = rows(site, f"as_of={word}")
    assert {row["as_of"] for row in found} == {""}
    assert all("Dit zijn de cijfers van nu." in row["note"] for row in found)
    assert not any("as_of" in row["note"] for row in rows(site, ""))


def test_a_revised_value_stands_beside_the_first(site: Site) -> None:
    made = page(site, PRICES)
    earlier = column(made, "Eerder gepubliceerd")
    assert earlier["2025", "Kapitaallasten"].startswith("Eerst 2,20% op ")
    assert earlier["2025", "Kapitaallasten"].endswith(" 0,41 procentpunt hoger.")
    final = earlier["2019", "Dbc-tarieven"]
    assert final.startswith("Voorlopig op ")
    assert ", definitief op " in final
    assert earlier["2024", "Kapitaallasten"] == ""
    assert "1 waarde is na de eerste publicatie gewijzigd" in chart(made).alt
    assert "1 voorlopige waarde is nu definitief" in chart(made).alt
    assert chart(made).note.startswith("1 van de 82 waarden is")
    assert "first_value" in {item.mark for item in chart(made).key}
    figure = chart(made).figure
    assert figure is not None
    rings = [shape for shape in figure["layout"]["shapes"] if shape.get("name") == "first"]
    assert {ring["yanchor"] for ring in rings} == {2.2}


def test_the_download_has_the_first_value_and_the_revision(site: Site) -> None:
    found = {
        (row["period"], row["category"]): row for row in rows(site, "") if row["first_published_on"]
    }
    assert set(found) == {("2019", "dbc"), ("2025", "capital")}
    revised = found["2025", "capital"]
    assert (revised["first_value"], revised["value"], revised["revision"]) == (
        "2.2",
        "2.61",
        "0.41",
    )
    assert revised["revised_on"] >= revised["first_published_on"]
    final = found["2019", "dbc"]
    assert (final["first_status"], final["status"], final["revision"]) == (
        "provisional",
        "final",
        "",
    )


@pytest.mark.parametrize(
    ("path", "is_told"),
    [
        (PRICES, False),
        ("/nl/indicator/uncontracted-share", True),
        ("/nl/onderwerp/ongecontracteerde-zorg", True),
        ("/nl/regio", True),
    ],
)
def test_pages_with_computed_figures_say_what_is_not_kept_of_them(
    site: Site, states: list[str], path: str, *, is_told: bool
) -> None:
    text = told(page(site, path, f"as_of={states[1]}"))
    assert ("zonder aantal en marge" in text) == is_told


def test_before_the_revision_nothing_is_revised(site: Site, states: list[str]) -> None:
    made = page(site, PRICES, f"as_of={states[1]}")
    assert "Eerder gepubliceerd" not in chart(made).table.columns
    assert not chart(made).note


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("gisteren", "geen datum, tijd of uitgave"),
        ("2026-02-31", "geen datum, tijd of uitgave"),
        ("2001-01-01", "nog niets gepubliceerd"),
        ("2999-01-01", "toekomst"),
        ("20010101T000000-00000000", "geen uitgave van deze site"),
    ],
)
@pytest.mark.parametrize("path", [PRICES, "/nl/", "/nl/cijfers", "/nl/wijzigingen"])
def test_a_moment_that_cannot_be_shown_is_named(
    site: Site, path: str, word: str, reason: str
) -> None:
    made = page(site, path, f"as_of={word}")
    assert made.banner is None
    notices = [part for part in parts_of(made.blocks) if isinstance(part, Notice)]
    (said,) = [one for one in notices if one.title == "Deze stand kunnen wij niet tonen"]
    assert word in said.text
    assert reason in said.text
    assert "Wij kennen de cijfers vanaf" in said.text
    assert not [link.href for link in links_of(made) if word in link.href]


def test_the_present_by_its_moment_says_that_it_is(site: Site, states: list[str]) -> None:
    made = page(site, PRICES, f"as_of={states[0]}")
    assert banner(made).kind == "present"
    assert column(made, "Waarde")["2025", "Kapitaallasten"] == "2,61%"


@pytest.mark.parametrize("path", ["/nl/cijfers", "/nl/bronnen", "/nl/methode", "/nl/wijzigingen"])
def test_a_page_without_states_says_that_it_is_of_today(
    site: Site, states: list[str], path: str
) -> None:
    made = page(site, path, f"as_of={states[1]}")
    assert banner(made).kind == "unkept"
    assert made.navigation.release.endswith(states[0])


def test_a_cell_of_then_without_words_of_today_is_left_out(site: Site) -> None:
    with site.pinned():
        known = KnownCodes(site.catalogue)
        cells = cells_of(site._model.indicator_values("price_index"))  # real cells
    assert all(known.covers(cell) for cell in cells)
    assert not known.covers(replace(cells[0], category="gone_since"))
    assert not known.covers(replace(cells[0], document_id="gone_since"))
    assert not known.covers(replace(cells[0], caveats=("gone_since",)))


def test_the_form_keeps_the_choices_and_offers_the_states(site: Site, states: list[str]) -> None:
    made = page(site, PRICES, f"years=2018-2020&view=table&as_of={states[1]}")
    (form,) = forms(made)
    assert form.action == PRICES
    assert dict(form.hidden) == {"years": "2018-2020", "view": "table"}
    assert [link.current for link in form.states] == [False, True, False]
    shown = {page(site, *link.href.split("?", 1)).banner is None for link in form.states[1:]}
    assert shown == {False}
    plain = site.page(site.addresses.parse(PRICES), flavour="export")
    assert forms(plain) == []


def test_the_banner_is_read_with_the_title(site: Site, states: list[str]) -> None:
    made = page(site, PRICES, f"as_of={states[1]}")
    text = to_html(page_markup(made), chart=lambda _: "", control=lambda _: "")
    assert 'aria-describedby="state-shown"' in text
    assert text.index('id="state-shown"') < text.index("<h1")
    assert 'type="date"' in text


def test_unknown_pages_stay_unknown_while_looking_back(site: Site, states: list[str]) -> None:
    with pytest.raises(UnknownAddressError):
        page(site, "/nl/indicator/bestaat-niet", f"as_of={states[1]}")


def test_a_remembered_page_lists_the_states_anew(releases: Path, tmp_path: Path) -> None:
    """Who goes back and forth again serves the same release, and readers saw one state more."""
    copy = Path(shutil.copytree(releases, tmp_path / "releases", symlinks=True))
    maker = PageMaker(lambda: Site(ReadModel(copy), load_settings()))
    assert len(forms(maker.page(PRICES, "")[0])[0].states) == 3
    before = maker.drawn(PRICES, "")[0].count("as_of=")
    store, now = Releases(copy), datetime.now(UTC)
    served = maker.site.release_id()
    store.rollback(at=now + timedelta(minutes=1))
    store.switch(served, at=now + timedelta(minutes=2))
    assert maker.site.release_id() == served
    assert len(forms(maker.page(PRICES, "")[0])[0].states) == 5
    # What a text was drawn from is remembered as well.
    assert maker.drawn(PRICES, "")[0].count("as_of=") == before + 2


def test_a_moment_at_the_end_of_time_is_named(releases: Path) -> None:
    client = create_app(lambda: Site(ReadModel(releases), load_settings())).test_client()
    for word in ("9999-12-31T23:30Z", "0001-01-01", "10000-01-01", "2026-02-30", "%00", ""):
        for path in ("/nl/", PRICES, "/nl/wijzigingen", "/nl/csv/indicator/price-index.csv"):
            assert client.get(f"{path}?as_of={word}").status_code == 200, (path, word)
