"""The commands that ask: what they print, where, how wide, and how light they are."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from pipeline.cli import COMMANDS
from tests.command import ROOT, carefeed, in_a_process
from tests.example import write_example
from tests.export.hostile import hostile_archive


def on_a_terminal(*arguments: str | Path, **environment: str) -> str:
    """What the command shows on a terminal of 80 columns and 24 lines."""
    parent, child = pty.openpty()
    command = [sys.executable, "-m", "pipeline", *map(str, arguments)]
    env = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLUMNS", "LINES")}
    env |= {"TERM": "xterm", "COLUMNS": "80", "LINES": "24", **environment}
    with subprocess.Popen(command, stdout=child, stderr=subprocess.DEVNULL, stdin=child, cwd=ROOT, env=env) as process:
        os.close(child)
        shown = b""
        try:
            while part := os.read(parent, 65536):
                shown += part
        except OSError:  # the other end is closed
            pass
        assert process.wait(timeout=60) == 0
    os.close(parent)
    return shown.decode()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive whose every title means harm."""
    return hostile_archive(tmp_path_factory.mktemp("hostile") / "outputs")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str) -> None:
    """``--help`` ends well and shows how the command is used."""
    done = carefeed(command, "--help")
    assert done.returncode == 0
    assert f"Example: carefeed {command}" in done.stdout


@pytest.mark.parametrize("command", {module: command for command, module in COMMANDS.items()}.values())
def test_a_command_is_there_without_the_others(command: str) -> None:
    """A process loads the one module that has the command, and nothing is missing in it."""
    done = in_a_process(command, "--help")
    assert done.returncode == 0
    assert f"Example: carefeed {command}" in done.stdout


# arguments, what stands on stdout
ANSWERS = [
    (["query", "--policy", "ECF"], r"2 February 2023 +proposed +proposal +DfE proposes a framework"),
    (["query", "--text", "delays", "--verbose"], r"“The framework was delayed.”\n +https://www.example.org/2024/03"),
    (["query", "--count", "--from", "2024"], r"^2$"),
    (["query", "--count-by", "year,type", "--format", "csv"], r"^year,type,n\n2023,proposal,1\n"),
    (["query", "--sort", "-amount", "--limit", "1", "--columns", "amount,nation"], r"2,500,000 +Wales"),
    (["query", "--sql", "SELECT count(*) AS n, 1 AS n FROM timeline", "--format", "csv"], r"^n,n_2\n3,1\n"),
    (["query", "--event", "event-0", "--format", "jsonl"], r'^{"event_id": "event-1"'),
    (["query", "--format", "ics", "--state", "due"], r"BEGIN:VEVENT\n"),
    (["query", "--format", "markdown", "--policy", "kinship fund"], r"\| \[Kinship fund to get £2.5m\]\(<https://"),
    (["numbers", "--measure", "vacancy", "--from", "2020"], r"vacancy rate +September 2024 +16 +percent"),
    (["numbers", "--measure", "vacancy", "--each"], r"16% +vacancies"),
    (["evidence", "--event", "event-2"], r"March 2024 +happened +announcement"),
    (["articles", "--text", "vacant"], r"Delay +example-2\n +The framework was delayed. About 16% of posts"),
    (["timeline", "--policy", "ECF"], r"← delayed by 1 March 2024: Framework delayed"),
    (["upcoming"], r"2024 +planned +funding"),
    (["overdue", "--as-of", "2025-01-01"], r"2024 +planned +funding"),  # what was due in 2024
    (["upcoming", "--as-of", "2024-06"], r"2024 +planned +funding"),
    (["show", "policy", "ecf"], r"^early career framework \(ECF\)\n"),
    (["show", "organisation", "DfE"], r"regulator|government"),
    (["show", "policy", "ECF", "--json"], r'"n_events": 2'),
    (["cite", "event-1"], r"“A framework for new social workers”, example.org, 2 February 2023. .*row SHA-256 \w{64}"),
    (["cite", "example-1", "--format", "bibtex"], r"^@online{example-1,\n  title = {A framework"),
    (["export", "timelinejs"], r'"headline": "DfE proposes a framework"'),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "pattern"), ANSWERS, ids=[" ".join(a) for a, _ in ANSWERS])
def test_a_question_is_answered(arguments: list[str], pattern: str, example_folder: Path) -> None:
    """On stdout, with nothing on stderr."""
    done = carefeed(*arguments, "--out", example_folder)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert re.search(pattern, done.stdout, re.MULTILINE), done.stdout


NOTHING = [
    ["query", "--from", "2030"], ["query", "--text", "unicorn", "--format", "csv"], ["numbers", "--min-value", "1bn"],
    ["numbers", "--measure", "unicorns"], ["evidence", "--nation", "Scotland"], ["articles", "--from", "2030"],
    ["overdue"], ["upcoming", "--as-of", "2030"], ["query", "--count", "--from", "2030"],
    ["query", "--sql", "SELECT 1 WHERE 0"],
]  # fmt: skip


@pytest.mark.parametrize("arguments", NOTHING, ids=[" ".join(a) for a in NOTHING])
def test_an_empty_answer_is_no_failure(arguments: list[str], example_folder: Path) -> None:
    """Exit code 0, and a word on stderr."""
    done = carefeed(*arguments, "--out", example_folder)
    assert done.returncode == 0
    assert done.stderr.startswith("No ")
    assert done.stdout.count("\n") <= 1


# arguments, what is said
MISTAKES = [
    (["query", "--policy", "early carer framework"], "did you mean early career framework?"),
    (["query", "--policy", "carer frameworks"], "did you mean early career framework?"),
    (["query", "--type", "fundings"], "did you mean funding?"),
    (["query", "--format", "pdf"], "table, csv, json"),
    (["articles", "--format", "ics"], "articles has no calendar"),
    (["query", "--columns", "date,colour"], "no column 'colour'"),
    (["query", "--count-by", "colour"], "no column 'colour'"),
    (["query", "--sql", "DELETE FROM timeline"], "may only read"),
    (["query", "--sql", ""], "begins with SELECT"),
    (["query", "--sql", "SELECT 1", "--policy", "ECF"], "don't go together"),
    (["numbers", "--measure", "vacancy", "--nation", "Wales"], "add --each"),
    (["timeline"], "which policy?"),
    (["show", "person", "x"], "'person' has no card"),
    (["show", "policy", "x"], "no policy here goes by 'x'"),
    (["cite", "event-9"], "there is no event 'event-9'"),
    (["cite", "event-1", "--format", "ris"], "text, csl-json, bibtex"),
    (["export", "pdf"], "no format to export to"),
    (["changes", "--since", "1"], "keeps no earlier run"),
]


@pytest.mark.parametrize(("arguments", "said"), MISTAKES, ids=[" ".join(a) for a, _ in MISTAKES])
def test_a_wrong_question_says_what_would_be_right(arguments: list[str], said: str, example_folder: Path) -> None:
    """Exit code 2, the message on stderr, nothing on stdout."""
    done = carefeed(*arguments, "--out", example_folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_a_first_run_has_no_changes(example_folder: Path) -> None:
    """That is an empty answer, said on stderr, and no failure."""
    done = carefeed("changes", "--out", example_folder)
    assert (done.returncode, done.stdout) == (0, "")
    assert "no earlier run" in done.stderr


def test_changes_are_told(tmp_path: Path) -> None:
    """As a table, CSV and Markdown; and the runs that are kept."""
    write_example(tmp_path, "2025-01-01T00:00:00Z")
    write_example(tmp_path, "2025-02-01T00:00:00Z", policies=[])
    assert "gone    policies  kinship fund" in carefeed("changes", "--out", tmp_path).stdout
    as_csv = carefeed("changes", "--out", tmp_path, "--since", "1", "--format", "csv").stdout
    assert {row["change"] for row in csv.DictReader(io.StringIO(as_csv))} == {"gone"}
    assert "| gone | policies | kinship fund |" in carefeed("changes", "--out", tmp_path, "--format", "markdown").stdout
    assert "2  2025-02-01" in re.sub(r" +", "  ", carefeed("changes", "--out", tmp_path, "--list").stdout)


@pytest.mark.parametrize("format_", ["csv", "json", "jsonl"])
def test_formats_tell_the_same(format_: str, example_folder: Path) -> None:
    """Row by row."""
    text = carefeed("query", "--out", example_folder, "--format", format_).stdout
    if format_ == "csv":
        ids = [row["event_id"] for row in csv.DictReader(io.StringIO(text))]
    else:
        ids = [
            row["event_id"] for row in (json.loads(text) if format_ == "json" else map(json.loads, text.splitlines()))
        ]
    assert ids == ["event-1", "event-3", "event-2"]


@pytest.mark.parametrize("width", [40, 80, 132])
@pytest.mark.parametrize(
    "arguments", [["query", "--verbose"], ["query", "--count-by", "title"], ["show", "policy", "ECF"]]
)
def test_a_table_fits(width: int, arguments: list[str], hostile: Path, example_folder: Path) -> None:
    """No line is wider than the terminal, wide letters and long words included; a link may be broken."""
    from pipeline.cli.plain import text_width  # noqa: PLC0415

    folder = example_folder if "show" in arguments else hostile
    shown = carefeed(*arguments, "--out", folder, COLUMNS=str(width)).stdout
    assert shown
    assert max(text_width(line) for line in shown.splitlines()) <= width


FORMATS = ["table", "csv", "json", "jsonl", "markdown", "ics"]


@pytest.mark.parametrize("format_", FORMATS)
def test_a_hostile_text_can_not_steer_a_terminal(format_: str, hostile: Path) -> None:
    """In no format: no escape but our own bold, no bell, no mark of direction."""
    shown = on_a_terminal("query", "--out", hostile, "--format", format_, "--verbose", PAGER="cat")
    ours = re.sub(r"\x1b\[(?:0|1)m", "", shown).replace("\r\n", "\n")
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f]", ours)
    assert "red" in ours


@pytest.mark.parametrize("format_", ["table", "json", "jsonl", "markdown", "ics"])
def test_a_hostile_text_is_harmless_in_a_pipe(format_: str, hostile: Path) -> None:
    """What is made for reading has no such signs even there; CSV is verbatim by contract."""
    shown = in_a_process("query", "--out", hostile, "--format", format_, "--verbose").stdout
    assert not re.search("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f]", shown)
    if format_ == "markdown":
        page = MarkdownIt("commonmark").enable("table").render(shown)
        assert "<script>" not in page
        assert set(re.findall(r'(?:href|src)="([^"]*)"', page)) == {"https://www.example.org/2023/02/02/framework/"}


def test_bold_on_a_terminal_only(example_folder: Path) -> None:
    """And not there either where ``NO_COLOR`` is set."""
    assert "\x1b[1m" in on_a_terminal("query", "--out", example_folder)
    assert "\x1b" not in on_a_terminal("query", "--out", example_folder, NO_COLOR="1")
    assert "\x1b" not in in_a_process("query", "--out", example_folder).stdout


def test_a_pager_for_long_tables_on_a_terminal_only(hostile: Path, example_folder: Path, tmp_path: Path) -> None:
    """What fits on the terminal isn't paged, nor what is piped."""
    pager = tmp_path / "pager"
    pager.write_text("#!/bin/sh\necho PAGED\ncat\n")
    pager.chmod(0o755)
    assert "PAGED" in on_a_terminal("query", "--out", hostile, PAGER=str(pager))
    assert "PAGED" not in on_a_terminal("query", "--out", example_folder, PAGER=str(pager))
    assert "PAGED" not in in_a_process("query", "--out", hostile, PAGER=str(pager)).stdout


def test_a_shell_can_complete(example_folder: Path) -> None:
    """Commands, words and names of the archive."""
    asked = ["bash", "-c", '"$0" -m pipeline --show-completion; exit $?', sys.executable]
    script = subprocess.run(asked, capture_output=True, check=True, cwd=ROOT, text=True)
    assert "_COMPLETE=complete_bash" in script.stdout

    def complete(line: str) -> list[str]:
        words = {"COMP_WORDS": line, "COMP_CWORD": str(len(line.split(" ")) - 1), "_CAREFEED_COMPLETE": "complete_bash"}
        command = [sys.executable, "-c", "import sys; sys.argv = ['carefeed']; from pipeline.cli import main; main()"]
        done = subprocess.run(
            command, capture_output=True, check=False, cwd=ROOT, env={**os.environ, **words}, text=True
        )
        return done.stdout.splitlines()

    assert "query" in complete("carefeed qu")
    assert complete("carefeed query --type fun") == ["funding"]
    assert complete(f"carefeed query --out {example_folder} --policy kin") == ["kinship fund"]


def test_a_reader_that_goes_away_is_no_failure(hostile: Path) -> None:
    """``carefeed query | head -1``."""
    command = f'"{sys.executable}" -m pipeline query --out "{hostile}" --format json | head -1'
    done = subprocess.run(["sh", "-c", command], capture_output=True, check=True, cwd=ROOT, text=True)
    assert (done.stdout, done.stderr) == ("[\n", "")


@pytest.mark.parametrize(
    "command",
    [
        ["query", "--policy", "ECF", "--text", "framework"], ["numbers", "--measure", "vacancy"], ["articles"],
        ["evidence"], ["timeline", "--policy", "ECF"], ["upcoming", "--as-of", "2024"], ["show", "policy", "ECF"],
        ["cite", "event-1"], ["export", "csv"], ["query", "--count-by", "type"], ["query", "--sql", "SELECT 1"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_asking_does_not_wait_for_the_heavy_libraries(command: list[str], example_folder: Path) -> None:
    """Neither spaCy nor scikit-learn nor pandas is loaded, nor what a run or a workbook needs."""
    code = (
        "import sys\nfrom pipeline.cli import main\n"
        f"sys.argv = ['carefeed', *{command!r}, '--out', {str(example_folder)!r}]\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code, end.code\n"
        "heavy = {'spacy', 'sklearn', 'pandas', 'numpy', 'jinja2', 'lxml', 'bs4', 'openpyxl', 'pyarrow', 'msgspec'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=ROOT)
    assert done.stderr.strip() == b"[]"


def test_the_package_is_light() -> None:
    """Importing it loads nothing; the door to the library opens when it is used."""
    code = (
        "import sys, pipeline\n"
        "print(sorted({'pandas', 'sqlite3', 'spacy'} & set(sys.modules)), 'open_archive' in pipeline.__all__)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=ROOT, text=True)
    assert done.stdout.strip() == "[] True"
