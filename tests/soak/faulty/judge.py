"""Give one file to the loader, as `build` and as `check` do, and judge what becomes of it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import duckdb

from etl.checking import check_file
from etl.contract import Contract
from etl.errors import Fault, RefusedError
from etl.load import Loader, look_over
from etl.messages import LANGUAGES, Messages
from etl.raw import FileResult, Origin
from tests.soak.faulty.good import Sample
from tests.soak.faulty.plain_reader import plain_count

PLACEHOLDER = re.compile(r"\{(?:file|line|value|contract|contract_line|near|likely|count)\}")
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""No sentence may steer the terminal of an operator, or be one that it cannot write."""
LONGEST = 4000
LENIENT = Decimal("0.95")


@dataclass(frozen=True)
class Outcome:
    """What became of a file."""

    kind: str
    """`loaded`, `loaded in part` or `refused`."""
    codes: tuple[str, ...] = ()
    counted: bool = False
    """Whether a plain reader counted the same number of rows."""


class Judge:
    """Gives files to the loader, one at a time."""

    def __init__(
        self, folder: Path, contracts: Mapping[str, Contract], origins: Mapping[str, Origin]
    ) -> None:
        """Take a folder for the files; it is emptied before each."""
        self._folder = folder
        self._contracts = contracts
        self._lenient = {source: _lenient(contract) for source, contract in contracts.items()}
        self._origins = origins
        self._messages = [Messages(language) for language in LANGUAGES]

    def outcome(self, sample: Sample, *, lenient: bool = False) -> Outcome:
        """Hand a file to the loader twice, and see that nothing about it is kept quiet.

        Args:
            sample: The file.
            lenient: Whether its contract lets rows be rejected; as shipped nearly none does.

        Raises:
            AssertionError: Rows are lost, a refusal has no sentence, or `check` and `build`
                do not agree. Any other error is one that an operator would see a trace of.
        """
        shutil.rmtree(self._folder, ignore_errors=True)
        path = sample.place(self._folder)
        path.parent.mkdir(parents=True)
        path.write_bytes(sample.data)
        contracts = self._lenient if lenient else self._contracts
        built = self._build(sample, contracts)
        self._check(path, built, contracts)
        return built

    def _build(self, sample: Sample, contracts: Mapping[str, Contract]) -> Outcome:
        contract = contracts[sample.source]
        with duckdb.connect() as connection:
            loader: Loader | None = None
            try:
                files = look_over([self._folder], contracts)
                loader = Loader(
                    contracts={sample.source: contract},
                    files=files,
                    own_inputs={},
                    corrections={},
                    correction_places={},
                    origins=self._origins,
                    on_step=lambda _: None,
                )
                assert loader.inputs, "a build knows what it was made from"
                loader.load(connection)
            except RefusedError as error:
                self._told(error.faults)
                codes = tuple(fault.code for fault in error.faults)
                return Outcome("refused", codes, self._counted(sample, loader, refused=True))
            (result,) = loader.results
            self._told(result.faults)
            _adds_up(connection, sample, result)
            counted = self._counted(sample, loader, refused=False)
            kind = "loaded in part" if result.rows_rejected else "loaded"
            return Outcome(kind, tuple(fault.code for fault in result.faults), counted)

    def _counted(self, sample: Sample, loader: Loader | None, *, refused: bool) -> bool:
        """Hold the number of rows against that of a plain reader."""
        results = loader.results if loader else []
        if not results or (refused and not results[0].rows_read):
            return False
        forms = self._contracts[sample.source].forms(sample.period)
        count = plain_count(
            sample,
            encodings=forms[0].terms.file.encodings,
            delimiters={form.terms.file.delimiter for form in forms},
        )
        assert count in (None, results[0].rows_read), (
            f"the loader read {results[0].rows_read} rows, a plain reader {count}"
        )
        return count is not None

    def _check(self, path: Path, built: Outcome, contracts: Mapping[str, Contract]) -> None:
        """See that `check` says of the same file what `build` did."""
        checked = check_file(path, contracts, origins=self._origins)
        self._told(checked.faults)
        assert checked.refused == (built.kind == "refused"), "check and build do not agree"
        assert checked.faults or not checked.refused, "check refuses and does not say why"

    def _told(self, faults: tuple[Fault, ...]) -> None:
        """Every fault has a whole sentence in both languages, and a place in JSON."""
        for fault in faults:
            sentences = [messages.sentence(fault) for messages in self._messages]
            documents = [json.dumps(messages.document(fault)) for messages in self._messages]
            assert len(set(sentences)) == len(sentences), f"{fault.code} in one language only"
            given = f"{fault.file} {fault.value} {fault.column} {fault.parameters}"
            for sentence in (*sentences, *documents):
                # A file may hold the words of a placeholder itself.
                assert PLACEHOLDER.search(given) or not PLACEHOLDER.search(sentence), sentence
                assert "Traceback" not in sentence, sentence
            for sentence in sentences:
                assert not CONTROL.search(sentence), f"{fault.code}: {sentence!r}"
                assert len(sentence) < LONGEST, f"{fault.code} is told in {len(sentence)} letters"


def _lenient(contract: Contract) -> Contract:
    """Let nearly every row of a file be rejected, so that the others are loaded."""
    form = contract.terms.file.model_copy(update={"allowed_reject_share": LENIENT})
    return replace(contract, terms=contract.terms.model_copy(update={"file": form}))


def _adds_up(connection: duckdb.DuckDBPyConnection, sample: Sample, result: FileResult) -> None:
    """Loaded + rejected = read, and as many rows stand in the view as were loaded."""
    assert not result.refused
    assert result.rows_loaded + result.rows_rejected == result.rows_read
    # All columns are asked for: a row that cannot be given its types is not loaded.
    rows = connection.execute(f'select * from raw."{sample.source}"').fetchall()  # noqa: S608
    assert len(rows) == result.rows_loaded, f"{len(rows)} rows in the view of the source"
    lines = {row[-1] for row in rows}
    assert len(lines) == len(rows), "two rows on one line"
    ((told,),) = connection.execute(
        "select count(distinct line) from raw.reject where line is not null"
    ).fetchall()
    assert told == result.rows_rejected, f"{told} of {result.rows_rejected} rejects have a reason"
