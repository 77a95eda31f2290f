"""Blogs in ten languages for the tests: honest titles, addresses as WordPress makes them, spam as it is met."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tests.feeds.wordpress import Blog, Post

LANGUAGES: dict[str, dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "languages.toml").read_text(encoding="utf-8")
)
_LOCAL = {"de": {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}}


def make_slug(title: str, language: str = "en") -> str:
    """An address's part as WordPress makes it from a title (``sanitize_title``).

    >>> make_slug("‘Nobody asked us’: £25m for carers")
    'nobody-asked-us-25m-for-carers'
    """
    text = title.lower()
    for letter, plain in _LOCAL.get(language, {}).items():
        text = text.replace(letter, plain)
    text = re.sub(r"[’‘'“”\"„«»]", "", text)
    kept = []
    for char in unicodedata.normalize("NFC", text):
        base = unicodedata.normalize("NFKD", char)[0]
        kept.append(base if base.isascii() else char)
    text = "".join(kept).replace("ł", "l").replace("ø", "o")
    text = re.sub(r"[^\w\s-]", "", text)
    return quote(re.sub(r"[\s-]+", "-", text).strip("-"), safe="-").lower()


def honest_titles(language: str) -> list[str]:
    """All honest titles of a language: a hundred, every tenth with a series name in front."""
    data = LANGUAGES[language]
    glue = "" if language in ("ja", "zh") else " "
    titles = [f"{s}{glue}{p}" for s in data["subjects"] for p in data["predicates"]]
    series = data["series"]
    return [series[i // 10 % len(series)] + t if i % 10 == 3 else t for i, t in enumerate(titles)]


def make_blog(
    language: str, first: int = 0, n: int = 10, summary_tags: bool = True, body_tags: bool = True, comments: bool = True
) -> Blog:
    """A blog of ``n`` posts. Without tags a summary or body vanishes when the feed is flattened."""
    data = LANGUAGES[language]
    host = f"https://{language}.example.org"
    built = datetime(2025, 3, 24, 12, 1, 2, tzinfo=UTC)
    text = data["text"]
    posts = []
    for i, title in enumerate(honest_titles(language)[first : first + n]):
        number = 1000 + first + i
        lead = text[i % len(text)]
        summary = f"<p>{lead} [&#8230;]</p>\n" if summary_tags else f"{lead} [&#8230;]"
        paragraphs = [text[(i + k) % len(text)] for k in range(4)]
        body = (
            "\n".join(f"<p>{p}</p>" for p in paragraphs)
            + "\n<ul>\n<li>"
            + "</li>\n<li>".join(paragraphs[:2])
            + "</li>\n</ul>\n"
        )
        posts.append(
            Post(
                number,
                title,
                f"{host}/2025/03/{make_slug(title, language)}/",
                built - timedelta(hours=5 * i + 1),
                summary,
                body if body_tags else " ".join(paragraphs),
                (i % 4) if comments else None,
            )
        )
    return Blog(f"Tag {language} Archives - Blog {language}", host, "News and views", data["code"], built, tuple(posts))


#: Eight kinds of spam by language; each is a string that no title of ours holds.
SPAM = {
    "zh": "极速赛车168最新开奖号码",
    "th": "สล็อตเว็บตรง แตกง่าย ฝากถอนออโต้",
    "id": "slot gacor hari ini situs terpercaya",
    "ja": "オンラインカジノ 入金不要ボーナス",
    "ru": "казино вулкан играть на деньги",
    "pharmacy": "buy cheap viagra online without prescription",
    "casino": "best online casino no deposit bonus",
    "ko": "온라인 카지노 추천 바카라사이트",
}
ZERO = "\u200b"

#: Ways in which spam is put to a title: a function of the item's position, the title and the kind's string.
PLACES: dict[str, Callable[[int, str, str], str]] = {
    "before": lambda i, title, spam: f"{spam} {title}",
    "after": lambda i, title, spam: f"{title} {spam}",
    "dash_after": lambda i, title, spam: f"{title} - {spam}",
    "glued": lambda i, title, spam: f"{spam}{title}",
    "zero_width": lambda i, title, spam: f"{spam}{ZERO}{title}",
    "zero_width_after": lambda i, title, spam: f"{title}{ZERO}{spam}",
    "brackets": lambda i, title, spam: f"【{spam}】{title}",
    "one_item": lambda i, title, spam: f"{spam} {title}" if i == 4 else title,
    "both": lambda i, title, spam: f"{spam} {title} | {spam}",
}


def inject(blog: Blog, make: Callable[[int, str], str]) -> Blog:
    """The blog with other titles, and its channel's title treated likewise; addresses stay."""
    posts = tuple(replace(p, title=make(i, p.title)) for i, p in enumerate(blog.posts))
    return replace(blog, posts=posts, title=make(0, blog.title))
