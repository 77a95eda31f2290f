"""Use of organisations and policies, kept up to date: the same as that of all articles at once."""

from __future__ import annotations

from pipeline.records import Mention
from pipeline.rows import ArticleUse, add_uses, join_uses, use_of_row


def _use(n: int) -> tuple[ArticleUse, str]:
    """How the article of the day ``n`` uses a policy."""
    mention = Mention(
        kind="policy", entity_id="policy-care-duty", name="care duty", text="care duty", type="rules",
        start_char=n, end_char=n + 9, field="text", origin="register" if n == 3 else "text",
    )  # fmt: skip
    return ArticleUse(mention, ("care duty", f"duty {n % 3}"), n + 1, is_registered=n == 3), f"2024-03-0{n}"


def test_what_has_come_is_added_to_what_the_row_says() -> None:
    """Wherever the articles are cut in two, the row of the first and the uses in the second give the whole."""
    uses = [_use(n) for n in range(1, 8)]
    whole = join_uses(uses)
    for n in range(1, len(uses)):
        known = join_uses(uses[:n])
        row = {
            "aliases": known.forms, "n_articles": known.n_articles, "n_mentions": known.n_mentions,
            "first_published": known.first_published, "last_published": known.last_published, "origin": known.origin,
        }  # fmt: skip
        assert add_uses(use_of_row(known.mention, row), uses[n:]) == whole
