"""The documents say what the code does: made parts are fresh, links lead somewhere, pages do as they say."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.cli import COMMANDS
from pipeline.tables import TABLES
from tests.documents.facts import list_facts, read_examples
from tests.documents.how_to_add import apply_steps, copy_project
from tests.documents.marks import DOCUMENTS, ROOT, read_parts
from tests.documents.measures import present_stamps, stamps

REMEDY = "bring the documents up to date with: make docs"
NOTEBOOK = ROOT / "docs" / "notebook.ipynb"
PAGES = (*DOCUMENTS, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", ROOT / "models" / "README.md")
PARTS = {path.name: read_parts(path) for path in DOCUMENTS}
FACTS = list_facts(read_examples(PARTS["outputs.md"]))
CASES = [(page, name) for page, parts in PARTS.items() for name in parts]


@pytest.mark.parametrize(("page", "name"), [case for case in CASES if case[1] in FACTS])
def test_what_is_taken_from_the_code_is_what_the_code_says(page: str, name: str) -> None:
    """Columns, commands, limits, reasons, imports: word by word."""
    assert PARTS[page][name] == FACTS[name](), REMEDY


@pytest.mark.parametrize(("page", "name"), [case for case in CASES if case[1] not in FACTS])
def test_what_is_measured_says_what_it_was_measured_on(page: str, name: str) -> None:
    """A table with figures; where it names its gold, the gold that is there now."""
    text = PARTS[page][name]
    assert text.count("\n| ") >= 2, REMEDY
    present = present_stamps()["heldout" if name.endswith("heldout") else "open"]
    assert set(stamps(text)) <= {present}, f"the annotation has changed since: {REMEDY}"


def test_quality_names_its_gold() -> None:
    """Every score does."""
    scored = [name for name in PARTS["quality.md"] if name.startswith(("scores-", "events-", "numbers-"))]
    assert len(scored) > 5
    assert [name for name in scored if not list(stamps(PARTS["quality.md"][name]))] == []


def test_every_table_is_explained() -> None:
    """Each file of tables has its section, with an example from our corpus where a run fills it."""
    examples = read_examples(PARTS["outputs.md"])
    assert set(examples) == {each.name for each in TABLES}
    assert [name for name, row in examples.items() if not any(row.values())] in ([], ["rejections"])


def test_every_command_is_in_the_manual() -> None:
    """And in its list."""
    for name in COMMANDS:
        assert re.search(rf"^## carefeed {name}\b", PARTS["commands.md"]["commands"], re.MULTILINE), name


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_links_and_paths_lead_somewhere(page: Path) -> None:
    """Relative links, and files of the project that stand in code marks."""
    text = page.read_text(encoding="utf-8")
    links = [link.split("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link]
    assert [link for link in links if link and not (page.parent / link).exists()] == []
    named = re.findall(r"`((?:pipeline|tests|models|docs|corpus|benchmarks)/[\w./-]+\.\w+)`", text)
    made = set(re.findall(r"New file `([^`]+)`", text)) | {"models/project"}
    assert [name for name in named if name not in made and not (ROOT / name).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_commands_that_are_named_are_there(page: Path) -> None:
    """``carefeed X`` in code is a command, ``make X`` a target."""
    text = page.read_text(encoding="utf-8")
    code = "\n".join([*re.findall(r"```(?:sh|console)\n(.*?)```", text, re.DOTALL), *re.findall(r"`([^`\n]+)`", text)])
    used = set(re.findall(r"(?:^|\$ |/)carefeed ([a-z]+)", code, re.MULTILINE))
    assert used - set(COMMANDS) == set()
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"^make ([a-z]+)", code, re.MULTILINE)) - targets == set()


def test_no_held_out_article_is_shown() -> None:
    """Of that part there are totals only."""
    for page in PAGES:
        if page.name != "CHANGELOG.md":
            assert not re.search(r"communitycare-[67]0\d{4}", page.read_text(encoding="utf-8")), page


def test_the_page_on_adding_does_as_it_says(tmp_path: Path) -> None:
    """Every step is done in a copy, in which the added tests pass."""
    copy_project(tmp_path)
    steps = apply_steps(tmp_path)
    files = {
        "entities.tsv": "extraction/test_entities.py",
        "events.tsv": "extraction/test_events.py",
        "titles.toml": "cleaning/test_titles.py",
        "blocks.tsv": "cleaning/test_blocks.py",
    }
    tests = {f"tests/{files[Path(path).name]}" for path, _ in steps if Path(path).name in files}
    tests |= {path for path, _ in steps if Path(path).name.startswith("test_")}
    assert len(tests) == 6
    words = "HFP or Kestrel or nettikasino or minutes or padlocked or papers or outline_comes"
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-k", words, *sorted(tests)]
    env = {**os.environ, "PYTHONPATH": str(tmp_path), "PYTEST_ADDOPTS": ""}
    env.pop("PYTEST_XDIST_WORKER", None)
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout[-3000:]
    for word in ("HFP", "Kestrel", "nettikasino", "minutes", "padlocked"):
        assert any(word in text for path, text in steps if "/cases/" in path), word


def test_the_notebook_runs(corpus_run: Path, tmp_path: Path) -> None:
    """Its cells of code, in order, in a process of their own, on a run over our corpus."""
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    assert len(code) >= 5
    assert [cell["outputs"] for cell in cells if cell["cell_type"] == "code" and cell["outputs"]] == []
    (tmp_path / "outputs").symlink_to(corpus_run)
    script = "import json, sys\nnames = {}\nfor cell in json.load(sys.stdin):\n    exec(cell, names)\n"
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-W", "error", "-c", script]
    done = subprocess.run(
        command, input=json.dumps(code), cwd=tmp_path, env=env, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
