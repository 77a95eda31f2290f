"""Hostile inputs: each is read or rejected quickly, nothing leaves the output folder, nothing active comes out."""

from __future__ import annotations

import csv
import os
import re
import time
from functools import cache
from pathlib import Path

import pytest
from lxml import html as lxml_html

from pipeline.cleaning.cleaner import clean_dump
from pipeline.cleaning.ledger import check_ledger, ledger_rows
from pipeline.cleaning.marks import load_marks
from pipeline.errors import DumpError
from pipeline.feeds.archives import unpack
from pipeline.feeds.reader import read_dump
from pipeline.feeds.sources import Source, find_sources
from pipeline.runner import run
from pipeline.settings import Limits, Settings, find_models
from pipeline.vocabulary import REASONS
from tests.feeds.hostile import hostile_files

MARKS, LIMITS = load_marks(find_models()), Limits()
#: Seconds that one input may take.
SLOW = 10.0
#: Groups by the first word of a file's name.
GROUPS = (
    "active", "address", "formula", "xml", "markup", "bomb", "cut", "declared", "swapped", "others",
)  # fmt: skip


@cache
def files() -> tuple[tuple[str, bytes], ...]:
    """All hostile inputs, made once."""
    return tuple(hostile_files())


def group_of(name: str) -> str:
    """The group that a file is tested in."""
    word = re.split(r"[-.]", name)[0]
    return word if word in GROUPS else "others"


def test_there_are_enough() -> None:
    """The generator gives at least 150 inputs, no name twice, the same ones each time."""
    names = [name for name, _ in files()]
    assert len(names) == len(set(names)) >= 150
    assert {group_of(name) for name in names} == set(GROUPS)
    assert tuple(hostile_files()) == files()


@pytest.mark.parametrize("group", GROUPS)
def test_read_or_rejected_in_time(group: str) -> None:
    """Every input is read or rejected by name within the time, and all of its bytes are accounted for."""
    for name, data in files():
        if group_of(name) != group:
            continue
        began = time.process_time()
        for member in unpack(data, LIMITS):
            if member.reason is not None:
                assert member.reason in REASONS, name
                continue
            found = clean_dump(read_dump(member.data, name, LIMITS), MARKS, LIMITS)
            check_ledger(ledger_rows(found, {i.position: "article" for i in found.items}), len(member.data))
            assert {r.reason for r in found.rejections} <= set(REASONS), name
        assert time.process_time() - began < SLOW, name


def test_entities_are_never_written_out() -> None:
    """No entity is expanded, no file or address named in a document type is read."""
    for name, data in files():
        if name.startswith("xml-"):
            found = clean_dump(read_dump(data, name, LIMITS), MARKS, LIMITS)
            text = " ".join(i.title + i.text for i in found.items)
            assert "lollol" not in text, name
            assert "root:" not in text, name
            assert len(text) < len(data), name


@pytest.fixture(scope="module")
def hostile_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of a run over the small hostile files, beside loops of links, pipes and strange names."""
    folder = tmp_path_factory.mktemp("hostile")
    dumps, out = folder / "dumps", folder / "out"
    dumps.mkdir()
    for name, data in files():
        if len(data) < 30_000 and group_of(name) not in ("xml", "markup", "swapped", "declared"):
            (dumps / name).write_bytes(data)
    (dumps / "=cmd|' '!A0\n\x1b[31m<script>alert(1)</script>.txt".replace("/", "\u2215")).write_bytes(b"x")
    os.symlink(dumps, dumps / "loop")
    os.symlink(folder / "nowhere", dumps / "broken-link")
    os.symlink("/dev/zero", dumps / "zero")
    os.mkfifo(dumps / "pipe")
    run([dumps], out, find_models(), Settings(model="none", workers=1))
    return folder


def test_nothing_is_written_outside(hostile_run: Path) -> None:
    """The run writes in its output folder only; its files have names of its own making."""
    assert {p.name for p in hostile_run.iterdir()} == {"dumps", "out"}
    names = [p.relative_to(hostile_run / "out").as_posix() for p in (hostile_run / "out").rglob("*")]
    assert all(re.fullmatch(r"[A-Za-z0-9._/-]+", name) and ".." not in name for name in names)
    assert not any(p.is_symlink() for p in (hostile_run / "out").rglob("*"))


def test_no_active_content_in_the_report(hostile_run: Path) -> None:
    """Nothing of a dump's making runs in a page: no handler, no script, no frame, no address but of the web."""
    pages = sorted((hostile_run / "out").rglob("*.html"))
    assert pages
    for page in pages:
        tree = lxml_html.fromstring(page.read_bytes())
        for element in tree.iter():
            if not isinstance(element.tag, str):
                continue
            assert element.tag not in ("iframe", "object", "embed", "base", "frame", "math"), page.name
            for name, value in element.attrib.items():
                assert not name.lower().startswith("on"), (page.name, name)
                if name.lower() in ("href", "src", "action", "data", "srcset", "xlink:href"):
                    address = re.sub(r"[\s\x00-\x20]", "", value).lower()
                    assert not re.match(r"(?:javascript|vbscript|file):|data:(?!image/|,$)", address), (
                        page.name,
                        value,
                    )
            if element.tag in ("script", "style"):
                assert "alert(1)" not in (element.text or ""), page.name


def test_markdown_and_tables_hold_text_only(hostile_run: Path) -> None:
    """Markdown has no raw tag and no script address; no control character is in any table."""
    out = hostile_run / "out"
    for path in out.rglob("*.md"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"(?<!\\)<(?:script|img|svg|iframe|a|style|base)\b", text, re.IGNORECASE), path.name
        assert not re.search(r"(?<!\\)\]\(\s*(?:javascript|data|vbscript):", text, re.IGNORECASE), path.name
    for path in out.glob("*.csv"):
        with path.open(newline="", encoding="utf-8") as handle:
            for row in csv.reader(handle):
                for cell in row:
                    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", cell), (path.name, cell[:80])


@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_neither_file_nor_folder(tmp_path: Path, kind: str) -> None:
    """A pipe or a device named as an input stops at once instead of being read for ever."""
    path = tmp_path / "pipe"
    if kind == "pipe":
        os.mkfifo(path)
    else:
        os.symlink("/dev/zero", path)
    with pytest.raises(DumpError, match="neither a file nor a folder"):
        find_sources([path], LIMITS)


def test_a_file_that_grows_is_not_read_past_its_limit(tmp_path: Path) -> None:
    """A file that grew after it was found is read one byte past the limit, and rejected."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 10)
    limits = Limits(file_bytes=20)
    (source,) = find_sources([path], limits)
    assert isinstance(source, Source)
    path.write_bytes(b"x" * 1_000)
    data = source.read()
    assert len(data) == 21
    assert [r.reason for r in read_dump(data, "a.txt", limits).rejections] == ["too_large"]
