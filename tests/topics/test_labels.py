"""What topics are called."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.records import Mention
from pipeline.topics.labels import find_phrases, find_themes, label_topics
from tests.topics.articles import Pair, make_article, make_corpus, theme_of

# text, a phrase that is found, one that isn't
PHRASES = [
    ("support for foster carers", "support for foster carers", "support for"),  # small words stand inside only
    ("The minister said caseloads rose", "caseloads", "said caseloads"),  # a newspaper verb ends a phrase
    ("care leavers, who need homes", "care leavers", "leavers who"),  # so does punctuation
    ("children’s homes", "children's homes", "s homes"),  # an apostrophe doesn't
    ("the ECF and the DfE", None, "ECF"),  # acronyms alone name nothing
    ("12 councils", None, "12 councils"),  # nor do numbers
]


@pytest.mark.parametrize(("text", "found", "missing"), PHRASES)
def test_phrases(text: str, found: str | None, missing: str) -> None:
    """Candidates are noun phrases without small words, verbs of headlines, acronyms or numbers at their ends."""
    surfaces = {surface for _, surface in find_phrases(text)}
    assert found is None or found in surfaces
    assert missing not in surfaces


def groups(per_theme: int = 6) -> list[list[Pair]]:
    """Made-up articles by theme."""
    by_theme: dict[str, list[Pair]] = {}
    for pair in make_corpus(per_theme):
        by_theme.setdefault(theme_of(pair[0].article_id), []).append(pair)
    return list(by_theme.values())


def test_a_shared_policy_names_the_topic() -> None:
    """The policy that all titles of a topic name is its label, with a capital."""
    assert [label for label, _ in label_topics(groups())] == [
        "Fostering hub",
        "Safeguarding duty",
        "Workload charter",
        "Memory strategy",
        "Remand framework",
    ]


def test_labels_are_unique() -> None:
    """Two topics of the same words are told apart."""
    one, *_ = groups()
    labels = [label.lower() for label, _ in label_topics([one, one[:3], one[3:]])]
    assert len(set(labels)) == 3


def test_what_others_have_too_is_no_label() -> None:
    """A phrase that stands in all topics names none of them."""
    pairs = [
        [make_article(f"a-{i}", f"social workers and foster families {i}", "social workers") for i in range(4)],
        [make_article(f"b-{i}", f"social workers and prison visits {i}", "social workers") for i in range(4)],
    ]
    assert [label for label, _ in label_topics(pairs)] == ["Foster families", "Prison visits"]


def test_without_a_shared_phrase_a_title_names_the_topic() -> None:
    """Articles that share no phrase go by the title of the most typical."""
    pairs = [make_article("a-1", "carers march", "x"), make_article("a-2", "judges retire", "y")]
    assert label_topics([pairs])[0][0] == "Carers march"


def test_a_topic_without_words_has_a_label() -> None:
    """Where there is not even a title, there is still a name, and another for the next."""
    empty = [make_article("a-1", "", ""), make_article("a-2", "", "")]
    assert [label for label, _ in label_topics([empty, empty])] == ["Other articles", "Other articles (2)"]


def test_no_phrase_is_cut_out_of_a_name() -> None:
    """The words of a policy's name make no phrases of their own."""
    pairs = [make_article(f"a-{i}", "the remand framework", "z", policy="remand framework") for i in range(3)]
    ((label, terms),) = label_topics([pairs])
    assert (label, terms) == ("Remand framework", ("remand framework",))


# title, text, a theme that it is about
THEMES = [
    ("Strike ballots open in three boroughs", "", "Pay and industrial action"),  # a word in the title is enough
    ("Inspectors praise council", "", "Inspection of services"),  # in the plural too
    ("A new chapter", "Foster carers met. One foster carer spoke.", "Fostering"),  # or several in the lead
]


@pytest.mark.parametrize(("title", "text", "theme"), THEMES)
def test_themes(title: str, text: str, theme: str) -> None:
    """An article is about a theme that its title names or its lead names several times."""
    article, _ = make_article("a-1", title, text)
    assert theme in {label for label, _ in find_themes(article)}


def test_one_word_in_a_text_is_no_theme() -> None:
    """A theme that the lead touches once is not what the article is about."""
    article, _ = make_article("a-1", "A new chapter", "A foster carer spoke.")
    assert not list(find_themes(article))


def test_a_topic_that_shares_no_phrase_has_the_name_of_its_theme() -> None:
    """Articles on one theme without a policy or phrase in common are called by the theme."""
    titles = [
        "Strike over pay in Leeds",
        "Unions reject the pay offer",
        "Ballot of staff closes",
        "Salaries fall behind",
    ]
    pay = [make_article(f"a-{i}", title, f"What {i} was said") for i, title in enumerate(titles)]
    other = [make_article(f"b-{i}", f"foster families {i}", "foster families") for i in range(4)]
    assert [label for label, _ in label_topics([pay, other])] == ["Pay and industrial action", "Foster families"]


def test_a_body_that_acts_in_the_stories_is_no_subject() -> None:
    """A topic is called after an organisation only where its titles are about that organisation."""
    mention = Mention(
        "organisation", "org-1", "Ministry of Rivers", "government", "Ministry of Rivers", 0, 18, "register"
    )
    pairs = []
    for i, title in enumerate(["Flood barrier plan", "Cash for a flood barrier", "Work on the flood barrier starts"]):
        article, extraction = make_article(f"a-{i}", title, f"Ministry of Rivers said so {i}")
        pairs.append((article, replace(extraction, mentions=(mention,))))
    assert [label for label, _ in label_topics([pairs])] == ["Flood barrier"]
