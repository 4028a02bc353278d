"""The commands on releases, as an operator types and reads them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from etl.__main__ import make_cli
from etl.deliveries import SHIPPED
from etl.messages import Language
from tests.unit.warehouse.conftest import Builder
from tests.unit.warehouse.test_releases import value_of
from warehouse import retention
from warehouse.publication import read_history
from warehouse.releases import Releases

WIDTH = 100


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    return tmp_path / "releases"


def invoke(releases: Path, *arguments: str, lang: Language = "nl") -> Result:
    environment = {"RELEASES_DIR": str(releases), "DELIVERIES_DIR": "", "EXAMPLES": "off"}
    return CliRunner().invoke(make_cli(lang), arguments, env=environment)


def document(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_a_candidate_is_built_looked_at_published_and_withdrawn(
    build: Builder, releases: Path
) -> None:
    first = build(a=1, at=datetime(2026, 1, 5, 8, tzinfo=UTC), why="begin", who="Jan").release
    name = build(
        a=2, b=1, candidate=True, at=datetime(2026, 2, 1, tzinfo=UTC),
        inputs={"deliveries/s/2024/b.csv": "1"},
    ).release.release_id  # fmt: skip
    listed = invoke(releases, "releases")
    assert listed.exit_code == 0, listed.output
    lines = listed.output.splitlines()
    assert lines[0] == f"+ {name}  kandidaat, nooit getoond"
    assert f"* {first.release_id}  wordt nu getoond, sinds 2026-01-05 09:00" in lines
    assert "    Waarom: begin · Door: Jan" in lines
    assert "Nieuwe leveringen: s/2024/b.csv." in listed.output
    assert "Cellen: 1 nieuw, 1 veranderd, 0 weg." in listed.output
    assert max(len(line) for line in lines) <= WIDTH

    moment = ("--at", "2026-02-03T10:00", "--why", "nagelezen", "--who", "Piet")
    published = invoke(releases, "publish", *moment)
    assert published.exit_code == 0, published.output
    assert f"Uitgave {name} wordt vanaf nu getoond. Tot nu toe was dat" in published.output
    assert read_history(releases)[-1].at == "2026-02-03T09:00:00+00:00"
    assert "wordt al getoond" in invoke(releases, "publish", name).output
    assert document(invoke(releases, "publish", name, "--json"))["is_new"] is False

    back = invoke(releases, "rollback", "--why", "wrong unit", lang="en")
    assert f"Go forward again with: python -m etl publish {name}" in back.output
    english = invoke(releases, "releases", lang="en").output
    assert f"- {name}  withdrawn on 20" in english
    assert "Why withdrawn: wrong unit" in english
    assert max(len(line) for line in english.splitlines()) <= WIDTH
    waiting = invoke(releases, "publish")
    assert waiting.exit_code == 4
    assert name in waiting.stderr
    assert value_of(releases) == 1
    assert invoke(releases, "publish", name).exit_code == 0
    assert value_of(releases) == 2

    shown = invoke(releases, "releases", name).output
    for words in (
        f"Volgt op uitgave {first.release_id}.", "gepubliceerd, nagelezen, Piet", "tot nu",
        "Controles doorstaan: 1.", "deliveries/s/2024/b.csv",
    ):  # fmt: skip
        assert words in shown, words
    told = document(invoke(releases, "releases", name, "--json"))["release"]
    assert (told["state"], len(told["spans"])) == ("served", 2)
    assert told["spans"][0]["why"] == "nagelezen"
    everything = document(invoke(releases, "releases", "--json"))["releases"]
    assert [one["state"] for one in everything] == ["served", "replaced"]
    assert everything[1]["why"] == "begin"


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_what_cannot_be_done_is_a_sentence_and_an_exit_code(
    build: Builder, releases: Path, lang: Language
) -> None:
    nothing = invoke(releases, "publish", lang=lang)
    assert nothing.exit_code == 4
    assert "build --candidate" in nothing.stderr
    assert invoke(releases, "prune", lang=lang).exit_code == 0
    build(a=1, at=datetime(2026, 1, 5, tzinfo=UTC))
    for arguments, code in (
        (("publish", "nope"), 4),
        (("releases", "nope"), 4),
        (("rollback",), 4),
        (("rollback", "--at", "gisteren"), 2),
        (("publish", "--at", "2026-03-29T02:30"), 2),
        (("build", "--at", "2026-10-25T02:30"), 2),
        (("build", "--at", "2099-01-01T09:00"), 2),
        (("publish", "--at", "2099-01-01T09:00"), 2),
        (("rollback", "--at", "2099-01-01T09:00"), 2),
    ):
        result = invoke(releases, *arguments, lang=lang)
        assert result.exit_code == code, arguments
        assert "Traceback" not in result.output
    build(a=2, at=datetime(2026, 2, 5, tzinfo=UTC))
    early = invoke(releases, "rollback", "--at", "2026-01-06T09:00", lang=lang)
    assert early.exit_code == 3
    assert "2026-02-05" in early.stderr
    (releases / "history.jsonl").rename(releases / "aside")
    (releases / "history.jsonl").mkdir()
    harmed = invoke(releases, "rollback", "--json", lang=lang)
    assert harmed.exit_code == 3
    assert "history.jsonl" in json.loads(harmed.stdout)["message"]
    assert value_of(releases) == 2


def test_old_releases_are_cleared_up_on_request(
    build: Builder, releases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    oldest = build(a=1, at=datetime(2023, 1, 5, tzinfo=UTC)).release.release_id
    for number in (2, 3, 4):
        build(a=number, at=datetime(2023, 2, number, tzinfo=UTC))
    nothing = invoke(releases, "prune")
    assert "Er is niets op te ruimen." in nothing.output
    rule = tmp_path / "retention.yaml"
    rule.write_text(
        "latest_served: 2\nlast_of_year: false\ncandidate_days: 0\nnewest_candidates: 0\n"
    )
    monkeypatch.setattr(retention.read_rule, "__defaults__", (rule,))
    would = invoke(releases, "prune", "--dry-run")
    assert f"{oldest}  gaat weg" in would.output
    assert "blijft: hier gaat rollback naartoe, een van de laatst getoonde" in would.output
    assert len(Releases(releases).list()) == 4
    done = document(invoke(releases, "prune", "--json"))
    assert len(done["removed"]) == 2
    listed = invoke(releases, "releases").output
    assert f"Opnieuw maken: python -m etl rebuild {oldest}\n" in listed
    gone = invoke(releases, "publish", oldest)
    assert gone.exit_code == 4
    assert "rebuild" in gone.stderr
    rule.write_text("latest_served: [")
    assert invoke(releases, "prune").exit_code == 3


def test_a_real_build_takes_a_moment_a_reason_and_stops_before_the_switch(
    releases: Path, tmp_path: Path
) -> None:
    inbox = tmp_path / "inbox"
    file = inbox / "nza_price_index" / "2026" / "new.csv"
    file.parent.mkdir(parents=True)
    shipped = SHIPPED / "nza_price_index" / "2025" / "price_index.csv"
    header = shipped.read_text(encoding="utf-8").split("\n")[0]
    file.write_text(
        f"{header}\nidx-dbc-2019,dbc,2019,1.23,2,final,,nza_prijsindex_dbc\n", encoding="utf-8"
    )
    arguments = (
        "build", "--no-shipped", "--deliveries", str(inbox), "--why", "eerste", "--who", "Jan",
    )  # fmt: skip
    built = invoke(releases, *arguments, "--candidate", "--at", "2026-03-01T09:00")
    assert built.exit_code == 0, built.output
    assert "python -m etl publish 20260301T080000-" in built.output
    assert "De eerste uitgave." in built.output
    assert Releases(releases).current() is None
    again = document(
        invoke(releases, *arguments, "--candidate", "--at", "2026-03-01T10:00", "--json")
    )
    assert (again["is_new"], again["is_candidate"]) == (False, True)
    assert (again["release"]["why"], again["release"]["who"]) == ("eerste", "Jan")
    assert invoke(releases, "publish", "--at", "2026-03-02T09:00").exit_code == 0
    assert read_history(releases)[-1].at == "2026-03-02T08:00:00+00:00"
