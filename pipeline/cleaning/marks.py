"""The data files of the cleaning stage, read once and checked when read.

``models/spam.toml`` (spam marks and words), ``models/boilerplate.toml`` (cues for lines that are not the story),
``models/promotions.toml`` and ``.csv`` (what words weigh), ``models/notes.toml`` (update notes and cut endings),
``models/sites.csv`` (site names).
"""

from __future__ import annotations

import csv
import hashlib
import re
import tomllib
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.cleaning.screens import SpamIndex, WordIndex, read_needs, read_pieces
from pipeline.cleaning.wording import Wording, read_wording
from pipeline.errors import RegisterError
from pipeline.vocabulary import NATIONS

#: From the weakest to the strongest.
STRENGTHS = ("hint", "support", "heading", "caption", "promotion", "list", "alone", "rest")
SIGNS = ("reader", "publisher", "submission", "contact", "booking", "against")
WHERES = ("start", "whole", "anywhere")
_CUE_FIELDS = {"rule", "strength", "where", "pattern", "max", "is_prefix", "needs", "also"}


@dataclass(frozen=True, slots=True)
class Cue:
    """A sign that a line is not the story; ``needs`` are pieces of text, folded, of which one must be in the line.

    ``pieces`` are the same in whole, where some have several words, for cues that may stand anywhere; of ``also`` one
    must be in the line too. ``is_low`` says that the pattern is for lines in
    lower case: it runs several times faster so.
    """

    rule: str
    strength: str
    where: str
    pattern: re.Pattern[str]
    max_length: int
    is_prefix: bool
    needs: tuple[str, ...]
    also: tuple[str, ...]
    pieces: tuple[str, ...]
    is_low: bool

    @property
    def test(self) -> Callable[[str], re.Match[str] | None]:
        """What says whether the cue holds for a line: in lower case where ``is_low``, else as it stands.

        Its ``needs`` and ``max_length`` have been looked at before.
        """
        return {"whole": self.pattern.fullmatch, "start": self.pattern.match}.get(self.where, self.pattern.search)


@dataclass(frozen=True, slots=True)
class Sign:
    """One mark of a promotion, for lines in lower case; ``needs`` as for a cue."""

    group: str
    pattern: re.Pattern[str]
    needs: tuple[str, ...]


#: A cue to try: pieces of which a line needs one, whether it is for lines in lower case, its test, strength and rule.
Trial = tuple[tuple[str, ...], bool, Callable[[str], re.Match[str] | None], tuple[str, str]]


class Trials:
    """The cues to try on a line, strongest first: cue ``i`` has bit ``i``, the first ``also`` has ``first_also``."""

    def __init__(self, cues: Sequence[Cue], first_also: int) -> None:
        self.bits = (1 << len(cues)) - 1
        self.sizes = sorted({c.max_length for c in cues})
        self.longest = self.sizes[-1] if cues else 0
        self._fitting = [sum(1 << i for i, c in enumerate(cues) if c.max_length >= size) for size in self.sizes]
        self._trials: dict[int, tuple[int, Trial]] = {}
        for i, cue in enumerate(cues):
            also = 1 << first_also if cue.also else 0
            first_also += bool(cue.also)
            self._trials[1 << i] = also, (cue.pieces, cue.is_low, cue.test, (cue.strength, cue.rule))

    def worth(self, bits: int, size: int) -> Iterator[Trial]:
        """The trials that a line of so many characters is worth, given the bits of its words."""
        at = bisect_left(self.sizes, size)
        left = bits & self._fitting[at] if at < len(self.sizes) else 0
        while left:
            lowest = left & -left
            left ^= lowest
            also, trial = self._trials[lowest]
            if also & bits == also:
                yield trial


class LineMemory(dict[str, tuple[str, str] | None]):
    """From a line to the cue that was found in it. Forgets all when it goes to another process."""

    def __reduce__(self) -> tuple[type[LineMemory], tuple[()]]:
        return LineMemory, ()


@dataclass(frozen=True, slots=True)
class SpamWords:
    """What spam is made of. ``known`` are whole strings; the patterns find strong and weak words in a text.

    ``index`` says of a word whether a strong one may be near: a quick screen for languages that part words by blanks.
    """

    known: tuple[str, ...]
    strong: re.Pattern[str]
    weak: re.Pattern[str]
    index: SpamIndex

    def may_occur(self, low: str) -> bool:
        """Whether a line in lower case can hold two strong words."""
        return sum(map(self.index.__getitem__, low.split())) >= 2


@dataclass(frozen=True, slots=True)
class Site:
    """A site that we know by name."""

    host: str
    site: str
    name: str
    nation: str | None


@dataclass(frozen=True, slots=True)
class Marks:
    """All that cleaning knows. ``index`` has a bit for each cue and sign, ``note_bit``, and one for each ``also``.

    ``note_bit`` stands for a word that an update note must have. ``closings`` are the bits and expressions of what
    feeds put after a summary. ``hints`` are cues that are tried on few lines only. ``fingerprint`` changes when any of
    the data files does.
    """

    cues: tuple[Cue, ...]
    signs: tuple[Sign, ...]
    prefixes: tuple[Cue, ...]
    hints: tuple[Cue, ...]
    index: WordIndex
    trials: Trials
    memory: LineMemory
    wording: Wording
    spam: SpamWords
    sites: dict[str, Site]
    update_note: re.Pattern[str]
    note_bit: int
    cut: re.Pattern[str]
    closings: tuple[tuple[int, re.Pattern[str]], ...]
    fingerprint: str


_FILES = ("boilerplate.toml", "notes.toml", "promotions.csv", "promotions.toml", "sites.csv", "spam.toml")


def load_marks(models: Path) -> Marks:
    """The marks in a folder of data files. A wrong line raises ``RegisterError`` with file, line and reason.

    The same bytes are read and compiled once in a process.
    """
    contents = []
    for name in _FILES:
        path = models / name
        try:
            contents.append(path.read_bytes())
        except OSError as error:
            raise RegisterError(f"{path}: {error}", "put the file back from the project") from error
    return _read_marks(models, tuple(contents))


@lru_cache(maxsize=4)
def _read_marks(models: Path, contents: tuple[bytes, ...]) -> Marks:
    digest = hashlib.sha256()
    texts: dict[str, str] = {}
    for name, raw in zip(_FILES, contents, strict=True):
        try:
            texts[name] = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            raise RegisterError(f"{models / name}: {error}", "put the file back from the project") from error
        digest.update(name.encode() + b"\0" + raw + b"\0")
    path, text = models / "boilerplate.toml", texts["boilerplate.toml"]
    every = _read_cues(path, text)
    cues = sorted(
        (c for c in every if not c.is_prefix and c.strength != "hint"), key=lambda c: -STRENGTHS.index(c.strength)
    )
    signs = _read_signs(path, text)
    spam = _read_spam(models / "spam.toml", texts["spam.toml"])
    notes = _read_toml(models / "notes.toml", texts["notes.toml"])
    note_needs = read_needs(notes.get("update_needs"))
    if not note_needs:
        raise RegisterError(f"{models / 'notes.toml'}: no 'update_needs'", "see the file's head")
    return Marks(
        cues=tuple(cues),
        signs=signs,
        prefixes=tuple(c for c in every if c.is_prefix),
        hints=tuple(c for c in every if c.strength == "hint"),
        trials=Trials(cues, len(cues) + len(signs) + 1),
        memory=LineMemory(),
        wording=read_wording(
            models / "promotions.toml", texts["promotions.toml"], models / "promotions.csv", texts["promotions.csv"]
        ),
        index=WordIndex(
            [*(c.needs for c in cues), *(s.needs for s in signs), note_needs, *(c.also for c in cues if c.also)],
            spam.index,
        ),
        spam=spam,
        sites=_read_sites(models / "sites.csv", texts["sites.csv"]),
        update_note=_join(models / "notes.toml", texts["notes.toml"], notes.get("update")),
        note_bit=1 << (len(cues) + len(signs)),
        cut=_join(models / "notes.toml", texts["notes.toml"], notes.get("cut")),
        closings=tuple(
            (1 << i, re.compile(rf"(?:^|(?<=\s)){cue.pattern.pattern}$", re.IGNORECASE))
            for i, cue in enumerate(cues)
            if cue.rule == "appeared_first"
        ),
        fingerprint=digest.hexdigest(),
    )


def _line_of(text: str, piece: str) -> int:
    """The line (from 1) on which a piece of a data file stands, for messages."""
    at = text.find(piece)
    return text.count("\n", 0, max(at, 0)) + 1


def _read_toml(path: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RegisterError(f"{path}: {error}", "mend the line named") from error


def _compile(path: Path, text: str, pattern: object, flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    if not isinstance(pattern, str) or not pattern:
        raise RegisterError(f"{path}: a pattern must be a piece of text, not {pattern!r}", "write it in quotes")
    try:
        return re.compile(pattern, flags)
    except re.error as error:
        raise RegisterError(f"{path}:{_line_of(text, pattern[:30])}: {error}", "mend the expression") from error


def _join(path: Path, text: str, patterns: object) -> re.Pattern[str]:
    if not isinstance(patterns, list) or not patterns:
        raise RegisterError(f"{path}: 'update' and 'cut' must be lists of expressions", "see the file's head")
    for each in patterns:
        _compile(path, text, each)
    return re.compile("|".join(f"(?:{p})" for p in patterns), re.IGNORECASE)


def _read_cues(path: Path, text: str) -> list[Cue]:
    cues: list[Cue] = []
    for raw in _read_toml(path, text).get("cue", []):
        line = _line_of(text, str(raw.get("pattern", ""))[:40])
        unknown = set(raw) - _CUE_FIELDS
        if unknown:
            raise RegisterError(f"{path}:{line}: unknown field {sorted(unknown)[0]!r}", f"known: {sorted(_CUE_FIELDS)}")
        if not isinstance(raw.get("rule"), str) or not re.fullmatch(r"[a-z_]+", raw["rule"]):
            raise RegisterError(f"{path}:{line}: a cue needs a 'rule' in snake_case", "name what the line is")
        if raw.get("strength") not in STRENGTHS:
            raise RegisterError(f"{path}:{line}: strength {raw.get('strength')!r}", f"one of {', '.join(STRENGTHS)}")
        if raw.get("where", "anywhere") not in WHERES:
            raise RegisterError(f"{path}:{line}: where {raw.get('where')!r}", f"one of {', '.join(WHERES)}")
        is_prefix = bool(raw.get("is_prefix", False))
        is_low = not is_prefix and _is_low(raw.get("pattern"))
        cues.append(
            Cue(
                rule=raw["rule"],
                strength=raw["strength"],
                where=raw.get("where", "anywhere"),
                pattern=_compile(path, text, raw.get("pattern"), re.RegexFlag(0) if is_low else re.IGNORECASE),
                max_length=int(raw.get("max", 400)),
                is_prefix=is_prefix,
                needs=read_needs(raw.get("needs")),
                also=read_needs(raw.get("also")),
                pieces=_phrases(raw.get("needs")) if raw.get("where", "anywhere") == "anywhere" else (),
                is_low=is_low,
            )
        )
        if not is_prefix and not cues[-1].needs:
            raise RegisterError(f"{path}:{line}: a cue without 'needs'", "name pieces of text, one of which it needs")
    if not cues:
        raise RegisterError(f"{path}: no cue", "put the file back from the project")
    return cues


def _phrases(raw: object) -> tuple[str, ...]:
    """The pieces of text that a cue needs, where one of them has more than a word; the screen knows single words."""
    pieces = tuple(p.strip() for p in read_pieces(raw))
    return pieces if any(" " in p for p in pieces) else ()


def _is_low(pattern: object) -> bool:
    """No letter of an expression is a capital one (those of ``\\W`` and the like aside).

    >>> _is_low(r"\\Wread more"), _is_low("[A-Z]")
    (True, False)
    """
    return isinstance(pattern, str) and not any(c.isupper() for c in re.sub(r"\\.", "", pattern))


def _read_signs(path: Path, text: str) -> tuple[Sign, ...]:
    found: list[Sign] = []
    for raw in _read_toml(path, text).get("sign", []):
        line = _line_of(text, str(raw.get("pattern", ""))[:40])
        if raw.get("group") not in SIGNS or set(raw) - {"group", "pattern", "needs"}:
            raise RegisterError(f"{path}:{line}: a sign needs a group and a pattern", f"groups: {', '.join(SIGNS)}")
        if not _is_low(raw.get("pattern")):
            raise RegisterError(f"{path}:{line}: a sign's pattern has a capital letter", "write it in lower case")
        pattern = _compile(path, text, raw.get("pattern"), re.RegexFlag(0))
        found.append(Sign(raw["group"], pattern, read_needs(raw.get("needs"))))
    return tuple(found)


def _word_pattern(words: Iterable[str]) -> str:
    """Whole words, longest first; ``*`` at the end stands for any ending.

    >>> bool(re.search(_word_pattern(["slot*"]), "the slots pay"))
    True
    """
    ordered = sorted(set(words), key=lambda w: (-len(w), w))
    each = [
        re.escape(w.removesuffix("*")).replace(r"\ ", r"\s+") + (r"\w*" if w.endswith("*") else "") for w in ordered
    ]
    return rf"(?<![^\W_])(?:{'|'.join(each)})(?![^\W_])"


def _read_spam(path: Path, text: str) -> SpamWords:
    raw = _read_toml(path, text)
    known = raw.get("known", [])
    if not all(isinstance(k, str) and k.strip() for k in known):
        raise RegisterError(f"{path}:{_line_of(text, 'known')}: 'known' must hold pieces of text", "quote each")
    lists: dict[str, list[str]] = {"words": [], "weak": [], "parts": [], "weak_parts": []}
    for language, table in raw.items():
        if language == "known":
            continue
        for key, values in table.items():
            if key not in lists or not all(isinstance(v, str) and v for v in values):
                raise RegisterError(
                    f"{path}:{_line_of(text, f'[{language}]')}: {key!r} in [{language}]", f"known: {sorted(lists)}"
                )
            lists[key].extend(v.casefold() for v in values)

    def pattern(words: list[str], parts: list[str]) -> re.Pattern[str]:
        pieces = "|".join(re.escape(p) for p in sorted(set(parts), key=lambda p: (-len(p), p)))
        brand = (
            r"(?<![^\W_])(?:[a-z]{1,6}(?:bet|slot|casino|toto|poker)|(?:[a-z]{1,6}(?:88|888|77|777|99|365|168|138|303|123)))"
            r"(?![^\W_])"
        )
        more = f"|{brand}" if "casino" in words else ""
        return re.compile(f"{_word_pattern(words)}|{pieces}{more}", re.IGNORECASE)

    return SpamWords(
        known=tuple(sorted(known, key=lambda k: (-len(k), k))),
        strong=pattern(lists["words"], lists["parts"]),
        weak=pattern(lists["weak"], lists["weak_parts"]),
        index=SpamIndex(
            (max(re.findall(r"\w+", w), key=len) for w in lists["words"] if not w.endswith("*")),
            sorted({re.findall(r"\w+", w)[-1] for w in lists["words"] if w.endswith("*")}),
        ),
    )


def _read_sites(path: Path, text: str) -> dict[str, Site]:
    sites: dict[str, Site] = {}
    reader = csv.DictReader(text.splitlines())
    if reader.fieldnames != ["host", "site", "name", "nation"]:
        raise RegisterError(f"{path}:1: the columns must be host,site,name,nation", "mend the first line")
    for n, row in enumerate(reader, 2):
        host, site = (row["host"] or "").strip().lower(), (row["site"] or "").strip()
        if not host or not re.fullmatch(r"[a-z0-9][a-z0-9-]*", site):
            raise RegisterError(f"{path}:{n}: host or site is missing or not in lower case", "use letters, digits, -")
        nation = (row["nation"] or "").strip() or None
        if nation and nation not in NATIONS:
            raise RegisterError(f"{path}:{n}: nation {nation!r}", f"one of {', '.join(NATIONS)}")
        key = host.removeprefix("www.")
        if key in sites:
            raise RegisterError(f"{path}:{n}: {host} stands twice", "take one line out")
        sites[key] = Site(key, site, (row["name"] or "").strip(), nation)
    return sites
