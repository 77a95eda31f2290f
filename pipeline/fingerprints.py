"""What made a result, as a short hash: a cached result is fresh while its fingerprint is the present one."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pipeline.settings import Limits

_PACKAGE = Path(__file__).resolve().parent
_LENGTH = 16


@cache
def code_fingerprint(*parts: str) -> str:
    """Hash of the source and data files below the given parts of the package (``cleaning``, ``records.py``)."""
    digest = hashlib.sha256()
    for part in parts:
        root = _PACKAGE / part
        files = [root] if root.is_file() else sorted(p for p in root.rglob("*") if p.is_file())
        for path in files:
            if "__pycache__" not in path.parts:
                digest.update(path.relative_to(_PACKAGE).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:_LENGTH]


def combine(*parts: str) -> str:
    """One fingerprint of several.

    >>> combine("a", "b") == combine("a", "b"), combine("a", "b") == combine("ab")
    (True, False)
    """
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:_LENGTH]


def cleaning_parts(marks: str, limits: Limits) -> dict[str, str]:
    """All that decides how a dump is read and cleaned, each as a short hash, by what it is."""
    return {
        "the code that reads and cleans": code_fingerprint(
            "feeds", "cleaning", "records.py", "vocabulary.py", "lists.py", "slugs.py"
        ),
        "the marks of spam and boilerplate": marks,
        "the limits": combine(json.dumps(asdict(limits), sort_keys=True)),
    }


def extraction_parts(model: str, registers: str) -> dict[str, str]:
    """All that decides what is found in a text, by what it is; ``model`` is a spaCy pipeline's name or ``none``."""
    code = code_fingerprint("extraction", "registers", "records.py", "vocabulary.py", "lists.py", "edtf.py")
    return {
        "the code that extracts": code,
        "the model": f"{model} {installed_version(model)}".strip(),
        "spaCy": installed_version("spacy"),
        "the registers": registers,
    }


def extraction_fingerprint(model: str, registers: str) -> str:
    """Of all that decides what is found in a text."""
    return combine(*extraction_parts(model, registers).values())


def names_fingerprint(model: str) -> str:
    """Of all that decides which named entities a statistical model finds in a text: our rules play no part in it."""
    code = code_fingerprint(
        "extraction/document.py", "extraction/sentences.py", "extraction/names.py", "extraction/body_words.txt",
        "extraction/recogniser.py",
    )  # fmt: skip
    return combine(code, model, installed_version(model), installed_version("spacy"))


def rows_fingerprint() -> str:
    """Of all that decides how items become an article and its rows."""
    return code_fingerprint(
        "cleaning/merge.py", "cleaning/similar.py", "cleaning/differences.py", "cleaning/ledger.py",
        "records.py", "vocabulary.py", "lists.py", "rows.py", "usage.py", "assembly.py", "neighbours.py",
        "tables.py",
    )  # fmt: skip


def assembly_fingerprint() -> str:
    """Of all that decides how the tables and files are made from what was found."""
    code = code_fingerprint(
        "timeline", "chronicle", "topics", "report", "store", "runner.py", "exporting.py", "edtf.py"
    )
    return combine(rows_fingerprint(), code)


def project_fingerprint(project: Path) -> str:
    """Of what the user decided: topic models and edits, and decisions of reviews; registers have one of their own."""
    digest = hashlib.sha256()
    for pattern in ("decisions.jsonl", "topics.toml", "topics/*/model.json"):
        for path in sorted(project.glob(pattern)):
            digest.update(path.relative_to(project).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:_LENGTH]


def report_fingerprint() -> str:
    """Of all that decides how rows become pages."""
    return code_fingerprint("report", "tables.py", "edtf.py", "vocabulary.py", "slugs.py", "exporting.py", "store")


def timeline_fingerprint() -> str:
    """Of all that decides what the timeline is made of."""
    return code_fingerprint("timeline", "chronicle", "records.py", "vocabulary.py", "lists.py", "edtf.py")


def installed_version(name: str) -> str:
    """Version of an installed distribution; empty where there is none of that name."""
    try:
        return version(name.replace("_", "-"))
    except PackageNotFoundError:
        return ""


def text_key(title: str, text: str, published: str, kinds: str) -> str:
    """The key under which an article's extraction is kept: whatever extraction reads of it."""
    return hashlib.sha256(json.dumps((title, text, published, kinds)).encode()).hexdigest()[:32]
