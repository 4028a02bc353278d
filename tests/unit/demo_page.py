"""A page that holds every block once, for tests of the markup and of the looks."""

from __future__ import annotations

from dashboard.views import blocks as b
from dashboard.views.block_changes import ChangeGroup, ChangeTable


def text(words: str, *, strong: bool = False) -> tuple[b.Text, ...]:
    """Returns one run of text."""
    return (b.Text(words, strong=strong),)


SEARCH = b.SearchForm("/nl/cijfers", "Zoek een cijfer, bron of begrip", "Zoek", "")

NAVIGATION = b.Navigation(
    site_name="Contracteermonitor",
    tagline="Contracten tussen zorgverzekeraars en zorgaanbieders",
    skip_link="Naar de inhoud",
    menu_label="Hoofdmenu",
    menu=(
        b.Link("Overzicht", "/nl/"),
        b.Link("Ongecontracteerde zorg", "/nl/onderwerp/ongecontracteerde-zorg", current=True),
        b.Link("Meerjarencontracten", "/nl/onderwerp/meerjarencontracten"),
    ),
    languages_label="Taal",
    languages=(
        b.Link("Nederlands", "/nl/", lang="nl", current=True),
        b.Link("English", "/en/", lang="en"),
    ),
    search=SEARCH,
    theme_label="Donker",
    trial_notice="Proefversie, geen uitgave van de overheid",
    footer_text="Openbare cijfers. Bij elk cijfer staat de bron.",
    footer=(
        ("Cijfers", (b.Link("Alle cijfers (CSV)", "/nl/csv/cijfers.csv"),)),
        ("Regels", (b.Link("Toegankelijkheid", "/nl/toegankelijkheid"),)),
    ),
    release="Cijfers uit uitgave 2026-11-21",
)

NUMBERS = b.Table(
    caption="Aandeel van de kosten per jaar",
    columns=("Jaar", "Sector", "Aandeel", "Bron"),
    rows=(
        (
            b.Cell(text("2019"), header=True, anchor="rij-2019"),
            b.Cell(text("Wijkverpleging")),
            b.Cell(text("5,7%", strong=True), numeric=True),
            b.Cell((b.Link("tabel 1", "/nl/cijfers/wv-2019"),)),
        ),
        (
            b.Cell(text("2024"), header=True),
            b.Cell(text("Ggz")),
            b.Cell(text("ruim 6%", strong=True), numeric=True, mark="bound"),
            b.Cell(text("ZN, via NRC")),
        ),
    ),
)

FIGURE: b.Figure = {
    "data": [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "x": [2018, 2019],
            "y": [9.0, 5.7],
            "line": {"color": "#15579E"},
        }
    ],
    "layout": {"paper_bgcolor": "#FFFFFF", "plot_bgcolor": "#FFFFFF"},
}

SOURCE = b.SourceNote(
    heading="Wijkverpleging 2018, 2019",
    document="Vektis, ‘Aandeel niet-gecontracteerde wijkverpleging daalt’.",
    locator="kop en tabel 1",
    locator_label="Vindplaats",
    link=b.Link("Open bron", "https://www.vektis.nl/", external=True),
    details=("Geen opgave van n.",),
)


def chart(id_: str, caption: str, **changes: object) -> b.Chart:
    """Returns a chart with everything around it."""
    table = b.Table(caption, NUMBERS.columns, tuple(row for row in NUMBERS.rows))
    table = b.Table(
        caption,
        NUMBERS.columns,
        tuple(
            tuple(b.Cell(c.parts, numeric=c.numeric, header=c.header, mark=c.mark) for c in row)
            for row in table.rows
        ),
    )
    given: dict[str, object] = {
        "id": id_,
        "title": "Ongecontracteerde zorg per sector",
        "subtitle": "Aandeel van de kosten, in procenten",
        "headline": "Het aandeel daalde in 2019 naar 5,7% van de kosten.",
        "alt": "Lijn van 9,0% in 2018 naar 5,7% in 2019.",
        "table": table,
        "figure": FIGURE,
        "figure_narrow": FIGURE,
        "height": 430,
        "height_narrow": 330,
        "key": (
            b.KeyItem("bound", "ten minste (grens)"),
            b.KeyItem("party", "uitspraak van partij"),
        ),
        "sources": (SOURCE,),
        "notices": (
            b.Notice("Let op de noemer", "Het contract is niet altijd bekend.", "caution"),
            b.Notice("Figuur 2 van de NZa", "Alleen als plaatje in de bron."),
        ),
        "csv": b.Link("Download CSV", "/nl/csv/indicator/uncontracted-share-costs.csv"),
        "more": b.Link("Alles over deze indicator", "/nl/indicator/uncontracted-share-costs"),
        "view_links": (
            b.Link("Grafiek", "/nl/onderwerp/ongecontracteerde-zorg", current=True),
            b.Link("Tabel", "/nl/onderwerp/ongecontracteerde-zorg?view=table"),
        ),
        "base_label": "Aandeel van de",
        "base_links": (
            b.Link("kosten", "/nl/onderwerp/ongecontracteerde-zorg?base=costs", current=True),
            b.Link("cliënten", "/nl/onderwerp/ongecontracteerde-zorg?base=clients"),
        ),
        "cite": "Contracteermonitor, ‘Ongecontracteerde zorg’, 2016–2019.",
        "cite_title": "Zo citeert u dit",
    }
    return b.Chart(**(given | changes))  # type: ignore[arg-type]


TILES = b.TileMap(
    label="Wachttijd per zorgkantoorregio, in weken",
    tiles=(
        b.Tile(1, 5, "Friesland", "Fri", "8", 1, "/nl/?region=ZK01"),
        b.Tile(5, 3, "Midden-Holland", "MHo", "22", 5, "/nl/?region=ZK02", selected=True),
        b.Tile(6, 1, "Westland Schieland Delfland", "WSD", "–", 0, reason="2 oude regio’s"),
    ),
    legend=((1, "6–8"), (5, "16–22")),
    no_value_text="twee oude regio’s, niet samen te voegen",
)

EVENTS = b.Events(
    items=(
        b.Event("11 juni 2024", "Gerechtshof Den Haag", "De OVA gaat volledig door.", SOURCE),
        b.Event("april 2025", "Nieuw kort geding", "Uitspraak nog niet bekend."),
    ),
    incomplete="Deze lijst is niet volledig.",
)

VOICES = (
    b.Voice("Zorgaanbieders", "providers", "bijna driekwart: nee", "77 aanbieders.", SOURCE,
            (74.0, "less_than")),
    b.Voice("Zorgverzekeraars", "insurers", "alle: ja", "8 van 8.", None, (100.0, "exact")),
)  # fmt: skip

EVIDENCE = b.EvidenceMap(
    title="Wat is er gemeten, en wat niet?",
    lead="Elk vakje is een onderwerp, sector en jaar.",
    caption="Wat is gemeten",
    row_heading="Sector",
    latest_heading="Laatste cijfer",
    years=(2018, 2019, 2020, 2021, 2022, 2023, 2024),
    topics=tuple(
        b.EvidenceTopic(
            b.Link(name, f"/nl/onderwerp/{slug}"),
            "1 van 1 rijen met een cijfer of uitspraak",
            (
                b.EvidenceRow(
                    "Wijkverpleging",
                    tuple(
                        b.EvidenceCell(state, f"{name}, wijkverpleging, {year}: {state}", "/nl/")
                        for year, state in zip(
                            range(2018, 2025),
                            (
                                "measured", "provisional", "bound", "image", "conflict",
                                "not_measured", "measured",
                            ),
                            strict=True,
                        )
                    ),
                    (b.Text("ruim 6%", strong=True), b.Text(" (2024, ZN)")),
                ),
            ),
        )
        for name, slug in (
            ("Ongecontracteerde zorg", "ongecontracteerde-zorg"),
            ("Meerjarencontracten", "meerjarencontracten"),
        )
    ),
    key=(b.KeyItem("measured", "Gemeten"), b.KeyItem("not_measured", "Niet gemeten")),
)  # fmt: skip

FILTERS = b.FilterPanel(
    label="Filters",
    filters=(
        b.Filter(
            "sector",
            "Sector",
            (b.Option("wijkverpleging", "Wijkverpleging"), b.Option("ggz", "Ggz")),
            ("wijkverpleging",),
            multiple=True,
            placeholder="Alle sectoren",
            help="2 sectoren, 1 gekozen",
        ),
        b.Filter(
            "years_from", "Van jaar", (b.Option("2018", "2018"), b.Option("2019", "2019")), ()
        ),
        b.Filter(
            "years_to", "Tot en met", (b.Option("2018", "2018"), b.Option("2019", "2019")), ()
        ),
        b.Filter("insurer", "Verzekeraar", (b.Option("vgz", "VGZ"), b.Option("cz", "CZ")), ()),
        b.Filter(
            "region",
            "Regio",
            (),
            (),
            placeholder="Niet te kiezen",
            reason="Alleen als kaart in de bron",
        ),
    ),
    chips_label="U ziet:",
    chips=(
        b.Link(
            "Wijkverpleging",
            "/nl/onderwerp/ongecontracteerde-zorg",
            label="Verwijder Wijkverpleging",
        ),
    ),
    clear=b.Link("Wis alles", "/nl/onderwerp/ongecontracteerde-zorg"),
    open_label="Wijzig filters",
)

BLOCKS: tuple[b.Block, ...] = (
    FILTERS,
    b.PageIndex(
        "Op deze pagina",
        (
            ("uncontracted_share_costs", "Aandeel van de kosten"),
            ("ggz-2024", "Ggz in 2024: ‘ruim 6%’ of 8% ongecontracteerd?"),
        ),
    ),
    chart("uncontracted_share_costs", "Aandeel van de kosten"),
    b.Conflict(
        "ggz-2024",
        "Twee bronnen spreken elkaar tegen",
        "Ggz in 2024: ‘ruim 6%’ of 8% ongecontracteerd?",
        "Ggz, 2024",
        VOICES,
        "Wij kiezen niet. Citeert u 2024, noem dan beide.",
    ),
    b.Finding(
        "Indexatie",
        "Van de huisartsenpraktijken zegt 44,4% dat niet alles is geïndexeerd",
        chart("finding-indexation", "Antwoorden van 412 huisartsenpraktijken"),
        b.Link("Naar indexatie", "/nl/onderwerp/indexatie"),
    ),
    b.Finding(
        "Cliëntenstops",
        "Bij 37 van de 87 contracten kwam er een stop",
        chart("finding-stops", "Contracten met een stop"),
        b.Link("Naar cliëntenstops", "/nl/onderwerp/clientenstops"),
    ),
    b.Finding(
        "Achtergrond bij indexatie",
        "De loonindex kwam in 2024 uit op 6,00%",
        chart("finding-ova", "Loonindex per jaar"),
        b.Link("Naar de loonindex", "/nl/indicator/price-indices"),
        wide=True,
        text="Het voorlopige cijfer was 4,94%.",
    ),
    EVIDENCE,
    b.Section(
        "Hoe lang duurt een stop?",
        (
            b.Paragraph(text("Dit zeggen de bronnen.")),
            b.EmptyState(
                "duration",
                "image",
                "Ggz, 2021",
                "Looptijd onbekend: alleen als plaatje in de bron",
                (b.Paragraph(text("Wij lezen geen waarden af van een plaatje.")),),
                (b.Link("Bekijk de bron", "https://puc.overheid.nl/", external=True),),
            ),
            chart("ggz_waiting_weeks", "Wachttijd per regio", figure=None, tiles=TILES),
            chart("court_cases", "Rechtszaken", figure=None, events=EVENTS),
            chart("voices", "Stemmen", figure=None, voices=VOICES),
            chart("table_only", "Alleen de tabel", show_table=True),
        ),
        id="duur",
        lead="In maanden.",
    ),
    b.Statements("statements", "Wat partijen zeggen", "Zonder getal.", VOICES),
    b.Columns(
        (
            b.Section(
                "Laatste wijzigingen",
                (
                    b.EntryList(
                        (b.Entry(text("OVA 2024 gaat naar 6,00%."), tag="Nu definitief"),),
                        b.Link("Alle wijzigingen", "/nl/bronnen"),
                    ),
                ),
            ),
            b.Section(
                "Hoe zeker is dit?",
                (b.EntryList((b.Entry(text("Enquêtes."), mark="strength_2"),)),),
            ),
        )
    ),
    b.Facts("Over deze indicator", (("Teller", text("kosten zonder contract")),), id="feiten"),
    b.Notice("Onbekend woord", "Het woord ‘xyz’ in het adres kennen wij niet."),
    b.Table(NUMBERS.caption, NUMBERS.columns, NUMBERS.rows, id="alle-cijfers"),
    b.SearchForm("/nl/cijfers", "Zoek in de cijfers", "Zoek", "plafond", (("topic", "x"),)),
    b.Pager("1 tot en met 50 van 1.049", None, b.Link("Volgende", "/nl/cijfers?page=2")),
    b.MomentForm(
        id="looking-back",
        action="/nl/indicator/x",
        label="Bekijk zoals bekend op",
        button="Bekijk",
        help="De eerste stand is van 3 april 2026.",
        value="2026-04-03",
        first="2026-04-03",
        hidden=(("sector", "ggz"),),
        list_label="Alle standen (2)",
        states=(b.Link("3 april 2026", "/nl/indicator/x?as_of=2026-04-03", current=True),),
    ),
    b.LinkList(((b.Link("Methode", "/nl/methode"), "Hoe wij rekenen."),)),
    b.ReleaseChanges(
        id="20260403T081230-ff9a7e76",
        title="3 april 2026, 10.12 uur",
        tag="Teruggedraaid",
        tag_style="dashed",
        facts=(("Waarom", text("De NZa verbeterde 2001.")),),
        summary="1 cijfer herzien.",
        note=text("Teruggedraaid op 4 april 2026, 09.00 uur."),
        groups=(
            ChangeGroup(
                title="Prijsindexcijfers",
                summary="1 cijfer herzien",
                link=b.Link("Prijsindexcijfers", "/nl/indicator/price-index"),
                tables=(
                    ChangeTable(
                        b.Table("Gewijzigd", NUMBERS.columns, NUMBERS.rows[1:], cards=True)
                    ),
                    ChangeTable(
                        b.Table("Nieuw", NUMBERS.columns, NUMBERS.rows[1:], cards=True),
                        folded="Bekijk de 40 nieuwe cijfers",
                    ),
                ),
                example="VOORBEELDDATA",
                more=b.Link("Toon alle 340 wijzigingen", "/nl/wijzigingen?kind=new"),
            ),
        ),
        links=(b.Link("Bekijk de site zoals die toen was", "/nl/?as_of=2026-04-03"),),
    ),
)

PAGE = b.Page(
    locale="nl",
    banner=b.Banner(
        "U ziet de cijfers zoals bekend op 3 april 2026",
        (b.Paragraph(text("Sindsdien op deze pagina: 1 cijfer gewijzigd.")),),
        "past",
        b.Link("Naar de cijfers van nu", "/nl/indicator/x"),
    ),
    kind="topic",
    title="Het aandeel ongecontracteerde wijkverpleging daalde in 2019 naar 5,7% van de kosten",
    document_title="Ongecontracteerde zorg - Contracteermonitor",
    description="Openbare cijfers over ongecontracteerde zorg.",
    kicker="Onderwerp: ongecontracteerde zorg",
    lead="Een jaar eerder was dat 9,0%. Voor 2024 spreken twee bronnen elkaar tegen.",
    breadcrumbs=(
        b.Link("Overzicht", "/nl/"),
        b.Link("Ongecontracteerde zorg", "/nl/onderwerp/ongecontracteerde-zorg", current=True),
    ),
    key_numbers=(
        b.KeyNumber("9,0% → 5,7%", "van de kosten van wijkverpleging, 2018 naar 2019"),
        b.KeyNumber("5,6% → 3,5%", "van de cliënten, 2018 naar 2019"),
        b.KeyNumber("8,7% → 7,4%", "van de kosten van ggz basis, 2018 naar 2019"),
    ),
    blocks=BLOCKS,
    navigation=NAVIGATION,
)
