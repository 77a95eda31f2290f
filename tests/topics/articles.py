"""Made-up articles for the topic tests: a few themes, each with its own words, in sentences drawn with a fixed seed."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from pipeline.records import Article, Extraction, Mention

Pair = tuple[Article, Extraction]

#: Theme: words that its articles draw from, and the policy that they name.
THEMES = {
    "fostering": (
        "foster carers households allowance recruitment placement kinship adoption matching",
        "fostering hub",
    ),
    "safeguarding": (
        "safeguarding enquiry neglect abuse threshold referral protection plan strategy",
        "safeguarding duty",
    ),
    "workload": ("caseload overtime stress supervision retention burnout admin paperwork vacancy", "workload charter"),
    "dementia": ("dementia memory diagnosis nursing residents clinic hospital discharge ageing", "memory strategy"),
    "youth": ("custody youth justice offending detention court sentence remand probation", "remand framework"),
}
_FILLERS = ["ministers", "leaders", "charity", "report", "statement", "review", "debate", "meeting", "region", "board"]


def make_article(article_id: str, title: str, text: str, policy: str = "", days: int = 0) -> Pair:
    """An article of a made-up site, published ``days`` after the beginning of 2024, with one policy in its title."""
    published = datetime(2024, 1, 1, 9, tzinfo=UTC) + timedelta(days=days)
    article = Article(
        article_id, f"https://example.org/{article_id}", title, None, published, (), None, None, None, None, text, ()
    )
    start = title.find(policy) if policy else -1
    mentions = (
        (
            Mention(
                "policy",
                f"policy-{policy}",
                policy,
                "programme",
                policy,
                start,
                start + len(policy),
                "register",
                field="title",
            ),
        )
        if start >= 0
        else ()
    )
    return article, Extraction(mentions=mentions)


def make_corpus(per_theme: int, themes: int = len(THEMES), seed: int = 1) -> list[Pair]:
    """``per_theme`` articles on each of the first ``themes`` themes; identifiers begin with the theme."""
    draw = random.Random(seed)
    pairs = []
    for theme, (words, policy) in list(THEMES.items())[:themes]:
        pool = words.split()
        for number in range(per_theme):
            lines = [" ".join(draw.choices(pool, k=6) + draw.choices(_FILLERS, k=3)) for _ in range(12)]
            title = f"{' '.join(draw.sample(pool, 3))} in the {policy}"
            pairs.append(make_article(f"{theme}-{number:03d}", title, ". ".join(lines) + ".", policy, days=number))
    return pairs


def theme_of(article_id: str) -> str:
    """The theme that a made-up article was drawn from."""
    return article_id.partition("-")[0]
