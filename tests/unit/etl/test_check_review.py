"""What a check tells of a release made aside, through the commands as an operator types them."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from etl.__main__ import make_cli
from etl.deliveries import SHIPPED
from etl.errors import Fault
from etl.gate import Finding, NoGoError, NotFoundError, judge, read_accepted
from etl.gate_checks import TEXTS as GUARDED
from etl.gate_checks import failed_checks
from etl.gate_review import Gate
from etl.messages import Messages
from etl.reporting.check_words import TEXTS as WORDS
from warehouse.catalogue.reading import read_yaml
from warehouse.errors import CheckError, FailedCheck
from warehouse.models import CHECKS
from warehouse.releases import Releases

STATEMENTS = Path("statements/2026/statements.csv")
PRICES = Path("nza_price_index/2025/price_index.csv")
WEEKS = Path("ggz_waiting_weeks/2018/waiting_weeks.csv")


def run(*arguments: str, lang: str = "en") -> Result:
    cli = make_cli("nl" if lang == "nl" else "en")
    return CliRunner().invoke(cli, arguments, env={"DELIVERIES_DIR": "", "EXAMPLES": "off"})


def state_of(folder: Path) -> dict[str, str]:
    """Digest of every file, link and mode under a folder."""
    found = {}
    for path in sorted(folder.rglob("*")):
        what = str(path.readlink()) if path.is_symlink() else str(path.stat().st_mode)
        if path.is_file() and not path.is_symlink():
            what += hashlib.sha256(path.read_bytes()).hexdigest() + str(path.stat().st_mtime_ns)
        found[str(path.relative_to(folder))] = what
    return found


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small set of deliveries and the release that was built from them; only to be read."""
    root = tmp_path_factory.mktemp("served")
    for file in (PRICES, WEEKS):
        (root / "in" / file).parent.mkdir(parents=True)
        shutil.copy(SHIPPED / file, root / "in" / file)
    built = run("build", *among(root))
    assert built.exit_code == 0, built.output
    return root


class Reader(HTMLParser):
    """Reads a page and keeps what is left open, its language and how often each tag comes."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.count: Counter[str] = Counter()
        self.lang: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert all("&" not in (value or "") for _, value in attrs), (tag, attrs)
        self.count[tag] += 1
        if tag == "html":
            self.lang = dict(attrs)["lang"]
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def among(root: Path) -> tuple[str, ...]:
    return ("--no-shipped", "--deliveries", str(root / "in"), "--releases", str(root / "releases"))


def copy_of(served: Path, tmp_path: Path) -> Path:
    """A copy of the deliveries and the release, for a test that builds."""
    root = tmp_path / "copy"
    shutil.copytree(served, root, symlinks=True)
    return root


def changed_prices(tmp_path: Path, *, drop: int = 0) -> Path:
    """The price index with one value revised and a year added, or its last lines taken out."""
    lines = (SHIPPED / PRICES).read_text(encoding="utf-8").splitlines()
    cells = lines[1].split(",")
    cells[3] = "9.99"
    lines[1] = ",".join(cells)
    if drop:
        lines = lines[:-drop]
    file = tmp_path / "new" / PRICES
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def test_a_revised_value_is_told_with_old_and_new_and_nothing_changes(
    served: Path, tmp_path: Path
) -> None:
    before = state_of(served)
    html = tmp_path / "report.html"
    file = changed_prices(tmp_path)
    store = Releases(served / "releases")
    # As while a build runs: it holds the lock, and a check asks for none.
    with store.lock():
        locked = state_of(served)
        result = run("check", str(file), "--json", "--html", str(html), *among(served))
        assert state_of(served) == locked
    assert {name for name in before if before[name] != locked[name]} <= {"releases/.lock"}
    told: dict[str, Any] = json.loads(result.stdout)
    assert (result.exit_code, told["verdict"], told["internal"]) == (0, "go", True), result.output
    current = store.current()
    assert current is not None
    assert told["served"]["release_id"] == current.name
    (cell,) = [each for each in told["comparison"]["changes"] if each["kind"] == "changed"]
    assert cell["new_value"] == 9.99
    assert cell["size"] == pytest.approx(9.99 - cell["old_value"])
    assert not cell["is_new_year"]
    (delivery,) = [each for each in told["comparison"]["deliveries"] if each["kind"] == "changed"]
    assert delivery["file"] == str(PRICES)
    assert told["comparison"]["edition"] == "staff"

    page = html.read_text(encoding="utf-8")
    seen = Reader()
    seen.feed(page)
    assert seen.open == []
    assert seen.lang == "en"
    assert seen.count["table"] == page.count('<table aria-labelledby="intro-') > 0
    assert "<script" not in page
    assert "http" not in page
    assert page.index("GO: ") < page.index("internal use only")
    assert html.stat().st_mode & 0o077 == 0


def test_figures_that_vanish_are_a_no_go_until_somebody_accepts_them(
    served: Path, tmp_path: Path
) -> None:
    root = copy_of(served, tmp_path)
    file = changed_prices(tmp_path, drop=20)
    checked = run("check", str(file), *among(root), lang="nl")
    assert checked.exit_code == 6, checked.output
    assert checked.stdout.startswith("NO-GO: ")
    assert "--accept cells_gone:nza_price_index/2025/price_index.csv" in checked.stdout

    shutil.copy(file, root / "in" / PRICES)
    before = Releases(root / "releases").current()
    refused = run("build", *among(root), "--json")
    assert refused.exit_code == 6
    codes = {fault["code"] for fault in json.loads(refused.stdout)["faults"]}
    assert "cells_gone" in codes
    assert Releases(root / "releases").current() == before

    why = ("--who", "A. Jansen", "--why", "the supplier withdrew them")
    assert run("build", *among(root), "--accept", "cells_gone").exit_code == 2
    typed_wrong = run("build", *among(root), "--accept", "no_such_thing", *why)
    assert typed_wrong.exit_code == 2
    assert "cells_gone:nza_price_index/2025/price_index.csv" in typed_wrong.stderr

    accepts = [word for code in sorted(codes) for word in ("--accept", code)]
    built = run("build", *among(root), *accepts, *why, "--json")
    assert built.exit_code == 0, built.output
    info = Releases(root / "releases").current_info()
    assert info is not None
    assert "cells_gone:nza_price_index/2025/price_index.csv" in info.accepted
    assert (info.who, info.why) == ("A. Jansen", "the supplier withdrew them")


def test_a_delivery_that_went_stops_a_build(served: Path, tmp_path: Path) -> None:
    root = copy_of(served, tmp_path)
    (root / "in" / WEEKS).unlink()
    refused = run("build", *among(root))
    assert refused.exit_code == 6
    assert str(WEEKS) in refused.stderr
    assert "--accept delivery_gone:" in refused.stderr


def test_refused_files_are_left_out_and_the_others_are_still_compared(
    served: Path, tmp_path: Path
) -> None:
    file = changed_prices(tmp_path)
    bad = tmp_path / "new" / WEEKS
    bad.parent.mkdir(parents=True)
    bad.write_bytes(b"")
    result = run("check", str(tmp_path / "new"), *among(served), "--json")
    told = json.loads(result.stdout)
    assert result.exit_code == 1
    assert told["verdict"] == "no-go"
    assert told["left_out"] == [str(bad)]
    kinds = {each["kind"] for each in told["comparison"]["changes"]}
    assert kinds == {"changed"}, "what the refused file would replace stays as it is"
    assert str(file) in {each["file"] for each in told["files"]}


def test_the_same_file_again_changes_nothing(served: Path) -> None:
    result = run("check", str(served / "in" / PRICES), *among(served))
    assert result.exit_code == 0
    assert "nothing changes" in result.stdout.splitlines()[0]


def test_a_margin_that_does_not_fit_is_not_blamed_on_the_program_alone() -> None:
    failed = FailedCheck("intervals_where_allowed", "intervals_where_allowed.sql", 1, ())
    (found,) = failed_checks(CheckError([failed]))
    for language in ("nl", "en"):
        assert "etl/corrections/" in str(found.fault.parameters[f"mend_{language}"])


def test_every_check_of_a_build_is_explained_and_every_text_is_in_both_languages() -> None:
    guarded = read_yaml(GUARDED)
    assert set(guarded["checks"]) == {file.stem for file in CHECKS.glob("*.sql")}
    for name, entry in guarded["checks"].items():
        assert entry["mend"] in guarded["mend"], name
        assert entry["nl"] != entry["en"], name
    for key, texts in read_yaml(WORDS).items():
        assert set(texts) == {"nl", "en"}, key


def test_a_failed_check_says_what_it_guards_and_where_to_look() -> None:
    failure = FailedCheck("vektis_adds_up", "checks/vektis_adds_up.sql", 2, ("year = 2023",))
    unknown = FailedCheck("of_my_own", "checks/of_my_own.sql", 1, ())
    found = failed_checks(CheckError([failure, unknown]))
    assert all(finding.stops for finding in found)
    dutch = Messages("nl").sentence(found[0].fault)
    assert "het totaal telt op" in dutch
    assert "year = 2023" in dutch
    assert "the total adds up" in Messages("en").sentence(found[0].fault)
    assert "of_my_own" in Messages("en").sentence(found[1].fault)


def test_what_is_accepted_names_no_file_of_a_confidential_source() -> None:
    stop = Finding(Fault("delivery_gone", "provider_survey/2024/secret.csv"), "stop")
    look = Finding(Fault("outliers", "provider_survey/2024/secret"), "look")
    taken = judge([stop, look], read_accepted(["delivery_gone:secret.csv"]))
    assert taken == (stop,)
    gate = Gate({}, confidential={"provider_survey"})
    assert gate.recorded(stop) == "delivery_gone:provider_survey/2024"
    assert Gate({}).recorded(stop) == "delivery_gone:provider_survey/2024/secret.csv"
    with pytest.raises(NoGoError):
        judge([stop], [])
    with pytest.raises(NotFoundError):
        judge([stop, look], read_accepted(["delivery_gone", "outliers"]))
