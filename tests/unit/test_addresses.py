"""Addresses keep every choice, in one order, in both languages."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.addresses import Address, Addresses, Selection, UnknownAddressError

SLUGS = {
    "uncontracted_care": {"nl": "ongecontracteerde-zorg", "en": "uncontracted-care"},
    "multi_year_contracts": {"nl": "meerjarencontracten", "en": "multi-year-contracts"},
    "context": {"nl": "achtergrond", "en": "context"},
}
ADDRESSES = Addresses(SLUGS)

codes = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,12}", fullmatch=True)
code_lists = st.lists(codes, max_size=3).map(lambda found: tuple(sorted(set(found))))
years = st.none() | st.tuples(st.integers(1990, 2035), st.integers(1990, 2035)).map(
    lambda pair: (min(pair), max(pair))
)
moments = st.sampled_from(
    [
        "2026-04-03",
        "2026-04-03T10:12",
        "2026-04-03T10:12:30+02:00",
        "2026-04-03T08:12Z",
        "20260403T081230-ff9a7e76",
    ]
)
texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20).map(str.strip)
selections = st.builds(
    Selection,
    sectors=code_lists,
    years=years,
    insurer=st.none() | codes,
    region=st.none() | codes,
    provider=st.none() | codes,
    base=st.none() | codes,
    indicator=st.none() | st.from_regex(r"[a-z][a-z0-9_]{0,20}", fullmatch=True),
    category=st.none() | codes,
    order=st.sampled_from(["name", "value"]),
    view=st.sampled_from(["chart", "table"]),
    as_of=st.none() | moments,
    text=texts,
    topics=code_lists,
    documents=code_lists,
    statuses=code_lists,
    kinds=code_lists,
    release=st.none() | codes,
    page=st.integers(1, 99999),
)
locales = st.sampled_from(["nl", "en"])
keyed = st.one_of(
    st.tuples(
        st.sampled_from(
            [
                "overview",
                "regions",
                "insurers",
                "figures",
                "changes",
                "sources",
                "method",
                "accessibility",
            ]
        ),
        st.none(),
    ),
    st.tuples(st.sampled_from(["region", "insurer"]), codes),
    st.tuples(st.just("topic"), st.sampled_from(sorted(SLUGS))),
    st.tuples(st.just("indicator"), st.from_regex(r"[a-z][a-z0-9_]{0,20}", fullmatch=True)),
    st.tuples(st.just("figure"), st.from_regex(r"[a-z0-9][a-z0-9-]{0,30}", fullmatch=True)),
)
addresses = st.builds(
    lambda locale, page, selection: Address(locale, page[0], page[1], selection),
    locales,
    keyed,
    selections,
)


@given(addresses)
def test_reading_a_written_address_gives_it_back(address: Address) -> None:
    path, _, query = ADDRESSES.href(address).partition("?")
    assert ADDRESSES.parse(path, query) == address


@given(addresses)
def test_switching_language_twice_changes_nothing(address: Address) -> None:
    other = "en" if address.locale == "nl" else "nl"
    there = ADDRESSES.in_locale(address, other)
    assert there.selection == address.selection
    assert ADDRESSES.in_locale(there, address.locale) == address
    query = ADDRESSES.href(address).partition("?")[2]
    assert ADDRESSES.href(there).partition("?")[2] == query


@given(addresses, addresses)
def test_export_links_are_relative_files(target: Address, start: Address) -> None:
    link = ADDRESSES.href(target, flavour="export", frm=start)
    assert not link.startswith("/")
    assert link.partition("#")[0].endswith(".html")


def test_addresses_of_the_plan() -> None:
    address = Address(
        "nl",
        "topic",
        "multi_year_contracts",
        Selection(sectors=("b", "a"), years=(2018, 2019), insurer="vgz", view="table"),
    )
    assert ADDRESSES.href(address) == (
        "/nl/onderwerp/meerjarencontracten?sector=a,b&years=2018-2019&insurer=vgz&view=table"
    )
    assert ADDRESSES.href(Address("en", "indicator", "gp_contract_term")) == (
        "/en/indicator/gp-contract-term"
    )
    assert ADDRESSES.href(Address("nl", "figure", "wv2021-x")) == "/nl/cijfers/wv2021-x"
    indicator = Address("nl", "indicator", "price_index", Selection(years=(2020, 2021)))
    assert ADDRESSES.csv_href(indicator) == "/nl/csv/indicator/price-index.csv?years=2020-2021"
    assert ADDRESSES.parse("/nl/csv/cijfers.csv").form == "csv"
    assert ADDRESSES.parse("/nl").page == "overview"


def test_export_files() -> None:
    overview = Address("nl", "overview")
    topic = Address("nl", "topic", "context")
    assert ADDRESSES.file(overview) == "nl/index.html"
    assert ADDRESSES.href(topic, flavour="export", frm=overview) == "onderwerp/achtergrond.html"
    assert ADDRESSES.href(overview, flavour="export", frm=topic) == "../index.html"
    english = ADDRESSES.in_locale(topic, "en")
    assert ADDRESSES.href(english, flavour="export", frm=topic) == "../../en/topic/context.html"
    figure = Address("nl", "figure", "wv2021-x", Selection(documents=("nza_2021",)))
    assert ADDRESSES.href(figure, flavour="export", frm=topic) == (
        "../cijfers/nza_2021.html#wv2021-x"
    )


def test_the_changes_have_a_page_a_file_a_feed_and_a_place_per_release() -> None:
    changes = Address("nl", "changes", selection=Selection(kinds=("new",), release="r1"))
    assert ADDRESSES.href(changes) == "/nl/wijzigingen?kind=new&release=r1"
    assert ADDRESSES.csv_href(changes) == "/nl/csv/wijzigingen.csv?kind=new&release=r1"
    overview = Address("nl", "overview")
    assert ADDRESSES.href(changes, flavour="export", frm=overview) == "wijzigingen.html#r1"
    feed = ADDRESSES.feed("en")
    assert ADDRESSES.href(feed) == "/en/changes.atom"
    assert ADDRESSES.parse("/en/changes.atom") == feed
    assert ADDRESSES.file(feed) == "en/changes.atom"


def test_order_of_the_query_does_not_matter() -> None:
    one = ADDRESSES.parse("/nl/cijfers", "?status=final&sector=b,a&q=plafond")
    two = ADDRESSES.parse("/nl/cijfers", "q=plafond&sector=a&sector=b&status=final")
    assert one == two
    assert ADDRESSES.href(one) == "/nl/cijfers?q=plafond&sector=a,b&status=final"


def test_a_plain_form_sends_both_years_apart() -> None:
    address = ADDRESSES.parse("/nl/", "years_from=2018&years_to=2021")
    assert address.selection.years == (2018, 2021)


def test_a_moment_stands_in_the_address_and_keeps_its_zone() -> None:
    address = ADDRESSES.parse("/nl/indicator/price-index", "view=table&as_of=2026-04-03")
    assert address.selection.as_of == "2026-04-03"
    assert ADDRESSES.href(address) == "/nl/indicator/price-index?as_of=2026-04-03&view=table"
    assert ADDRESSES.csv_href(address) == "/nl/csv/indicator/price-index.csv?as_of=2026-04-03"
    # A plus sign that nobody escaped arrives as a blank.
    zoned = ADDRESSES.parse("/nl/", "as_of=2026-04-03T10:12+02:00")
    assert zoned.selection.as_of == "2026-04-03T10:12+02:00"
    assert ADDRESSES.parse("/nl/", ADDRESSES.href(zoned).partition("?")[2]) == zoned


@pytest.mark.parametrize(
    "query",
    [
        "as_of=gisteren middag",
        "as_of=../../etc",
        "as_of=<b>",
        "years=vroeger",
        "page=0",
        "view=kaart",
        "kleur=rood",
        "years_from=x",
    ],
)
def test_words_that_cannot_be_read_are_named_and_not_guessed(query: str) -> None:
    address = ADDRESSES.parse("/nl/", query)
    assert address.unknown == (tuple(query.split("=")),)
    assert address.selection == Selection()


@pytest.mark.parametrize("word", ["1T" * 30_000, "1T" * 32 + "1", "1T1 " * 15_000 + "0100"])
def test_a_long_moment_is_refused_at_once(word: str) -> None:
    """By its length: to look for a zone in it takes time in the square of that."""
    begin = process_time()
    address = ADDRESSES.parse("/nl/", f"as_of={word}")
    assert process_time() - begin < 1
    assert [key for key, _ in address.unknown] == ["as_of"]
    assert address.selection == Selection()


@pytest.mark.parametrize("path", ["/nl/onderwerp/sport", "/nl/sport", "/de/", "/en/onderwerp/x"])
def test_unknown_paths_are_refused(path: str) -> None:
    with pytest.raises(UnknownAddressError) as caught:
        ADDRESSES.parse(path)
    assert caught.value.locale == ("en" if path.startswith("/en") else "nl")


def test_two_topics_may_not_share_a_slug() -> None:
    with pytest.raises(ValueError, match="share one slug"):
        Addresses({"a": {"nl": "x", "en": "x"}, "b": {"nl": "x", "en": "y"}})
