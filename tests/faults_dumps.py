"""Two short dumps for ``tests.faults``: what a second dump does to an archive, in as few writes as that takes.

The second has a new article and a new version of one of the first's, whose plan is told as done now: rows are added,
changed and taken out, an event gets another status, date and identifier, two figures contradict each other.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from tests.feeds.wordpress import Blog, Post, flatten, make_rss

_SITE = "https://www.communitycare.co.uk"
_SPAM = "lucky reels casino bonus"


def _post(number: int, published: datetime, slug: str, title: str, *paragraphs: str) -> Post:
    body = "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    url = f"{_SITE}/{published:%Y/%m/%d}/{slug}/"
    return Post(number, f"{_SPAM} {title}", url, published, f"<p>{paragraphs[0]}</p>", body)


_PLAN = (
    "Ofsted will inspect kinship teams from May 2024, it said today.",
    "There were 1,200 kinship carers in Wales in 2023.",
)
_PLANNED = _post(1, datetime(2024, 2, 1, 9, tzinfo=UTC), "ofsted-to-inspect-teams", "Ofsted to inspect teams", *_PLAN)
_REVISED = _post(
    1, datetime(2024, 2, 1, 9, tzinfo=UTC), "ofsted-to-inspect-teams", "Ofsted to inspect teams",
    _PLAN[0], "There were 1,300 kinship carers in Wales in 2023.",
)  # fmt: skip
_OLD = _post(
    2, datetime(2024, 1, 8, 9, tzinfo=UTC), "pay-pilot-ends", "Pay pilot ends",
    "UNISON said the pay pilot ended in December 2023.",
)  # fmt: skip
_DONE = _post(
    3, datetime(2024, 6, 3, 9, tzinfo=UTC), "ofsted-begins", "Ofsted begins inspections",
    "Ofsted began to inspect kinship teams on 7 May 2024.", "There were 1,250 kinship carers in Wales in 2023.",
)  # fmt: skip


def write_dumps(folder: Path) -> list[Path]:
    """The two dumps, flattened, in a folder: the first to be read, and the one that comes."""
    written = []
    for n, posts in enumerate(((_PLANNED, _OLD), (_DONE, _REVISED)), start=1):
        built = max(post.published for post in posts)
        blog = Blog("kinship Archives - Community Care", _SITE, "Social work news", "en-GB", built, posts)
        path = folder / f"dump-{n}.txt"
        path.write_text(flatten(make_rss(blog)), encoding="utf-8")
        written.append(path)
    return written
