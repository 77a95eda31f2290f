"""Near-duplicates are found whether bands are asked for article by article or all are read at once."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline import neighbours
from pipeline.cleaning.similar import bands_of_all
from pipeline.progress import QUIET
from pipeline.store.archive import ARCHIVE_NAME, Archive
from pipeline.store.contents import Contents


def _linked(folder: Path, texts: dict[str, str]) -> dict[str, str]:
    """Which article each is linked to."""
    folder.mkdir()
    with Archive(folder / ARCHIVE_NAME) as archive, archive.transaction():
        contents = Contents(archive)
        published = datetime(2024, 3, 1, tzinfo=UTC).isoformat()
        for article_id, text in texts.items():
            archive.connection.execute("INSERT INTO _articles VALUES (?, '', '', NULL, '')", (article_id,))
            archive.connection.execute("INSERT INTO article_texts VALUES (?, '', ?, '[]')", (article_id, text))
            archive.connection.execute(
                "INSERT INTO articles (article_id, published) VALUES (?, ?)", (article_id, published)
            )
        sketches = {}
        neighbours.put_bands(contents, bands_of_all(list(texts.items())), sketches)
        neighbours.link_neighbours(contents, set(texts), set(texts), sketches, QUIET)
        flags = dict(archive.connection.execute("SELECT article_id, flags FROM articles WHERE flags IS NOT NULL"))
        near = dict(archive.connection.execute("SELECT article_id, near FROM _articles WHERE near IS NOT NULL"))
        assert flags == dict.fromkeys(near, "near_duplicate")
        return near


def test_mates_are_the_same_read_at_once_or_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Copies with some other words are linked; texts of other words, and short ones, are not."""
    generator = random.Random(9)
    words = [f"word{n}" for n in range(3_000)]
    texts = {"site-short": "only a few words", "site-brief": "only a few words"}
    for n in range(12):
        text = generator.choices(words, k=200)
        texts[f"site-{n}"] = " ".join(text)
        if n % 3 == 0:
            texts[f"site-{n}a"] = " ".join([*text[:190], *generator.choices(words, k=10)])
            texts[f"site-{n}b"] = " ".join([*generator.choices(words, k=8), *text[8:]])
    at_once = _linked(tmp_path / "at_once", texts)
    monkeypatch.setattr(neighbours, "_MANY", 0)
    assert at_once == _linked(tmp_path / "one_by_one", texts)
    assert at_once.keys() == {f"site-{n}{copy}" for n in (0, 3, 6, 9) for copy in ("", "a", "b")}
