"""Archives of any size, made from our corpus: ``python -m benchmarks.archives FOLDER --articles 1000``.

Paragraphs of the corpus are drawn into new articles of realistic length; figures, dates, councils, policies and people
in them are replaced by others, so that entities and events grow with the archive as they do in a real one. Between them
stands talk without figures, policies or times, made of the corpus's own words by a chain of word pairs, so that an
article has about as many numbers, mentions and events as a real one (our corpus has twice as many) and no two share
their sentences. Dumps
hold 200 articles each; one article in twenty comes again in the next dump as it was (a duplicate), one in a hundred
reworded (a revision). The same seed gives the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pipeline.cleaning.cleaner import clean_dump
from pipeline.cleaning.marks import load_marks
from pipeline.feeds.reader import read_dump
from pipeline.records import CleanItem
from pipeline.settings import Limits, find_models

ARTICLES_A_DUMP = 200
N_WORDS = 900
_SPAM = "金龙彩宫88官方开奖直播网"
#: Share of paragraphs that are talk: with it, 25 real articles and as many made ones have equally many numbers.
_TALK = 0.75
#: How often a paragraph with a time is drawn, against one without: our corpus is denser with events than real articles.
_TIMED_WEIGHT = 0.25
_FIRST = datetime(2008, 1, 7, 9, 0, tzinfo=UTC)
_FIRST_ID = 400_001
_NUMBER = re.compile(r"(?<![\w.,/-])(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?=[\s%.,;)mb]|$)")
_YEAR = re.compile(r"\b(20[012]\d)\b")
#: Words that give a sentence a time: with one of them, talk would be an event.
_TIME = re.compile(
    r"\b(?:today|yesterday|tomorrow|days?|weeks?|weekend|months?|years?|annual\w*|quarter|decades?|spring|summer|autumn|winter"
    r"|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|recent|recently|now|currently|soon|earlier|later|since|until)\b",
    re.IGNORECASE,
)
_QUOTES = str.maketrans("", "", "“”")
_NAME = re.compile(r"\b([A-Z][a-z]+) ([A-Z][a-z]+)(?=,? (?:said|told|added|warned|argued))")
_FORENAMES = ("Ann", "Bola", "Carys", "Dev", "Eilidh", "Farah", "Grace", "Harun", "Imran", "Jo", "Kwame", "Lena")
_SURNAMES = ("Abbot", "Brand", "Chowdhury", "Doyle", "Evans", "Firth", "Grant", "Hughes", "Iqbal", "Jarvis", "Kaye")


@dataclass(frozen=True, slots=True)
class _Article:
    """One article to be printed."""

    number: int
    published: datetime
    title: str
    paragraphs: tuple[str, ...]


class Maker:
    """Draws articles; everything comes from one seeded generator, in order."""

    def __init__(self, corpus: Path, models: Path, seed: int) -> None:
        self.random = random.Random(seed)
        items = list(_read_corpus(corpus, models))
        self.titles = [item.title for item in items]
        self.paragraphs = [block.text for item in items for block in item.blocks if block.kind == "body"]
        self.weights = [_TIMED_WEIGHT if _TIME.search(text) else 1.0 for text in self.paragraphs]
        self.chain = _read_chain(self.paragraphs)
        self.councils = _names(models / "councils.csv")
        self.policies = [name for name in _names(models / "policies.csv") if name[0].isupper()]
        self.bodies = [name for name in _names(models / "organisations.csv") if name[0].isupper()]
        names = "|".join(re.escape(n) for n in sorted({*self.policies, *self.councils}, key=len, reverse=True))
        self.known = re.compile(rf"\b(?:{names})\b")
        self.is_policy = set(self.policies)

    def article(self, position: int) -> _Article:
        """The article at a place in time: one every four hours."""
        published = _FIRST + timedelta(hours=4 * position, minutes=self.random.randrange(60))
        shift = published.year - 2024
        paragraphs: list[str] = []
        n_words = 0
        while n_words < N_WORDS:
            is_talk = self.random.random() < _TALK
            paragraph = self.talk() if is_talk else self.vary(self.paragraph(), shift)
            paragraphs.append(paragraph)
            n_words += len(paragraph.split())
        title = self.vary(self.random.choice(self.titles), shift)
        return _Article(_FIRST_ID + position, published, title, tuple(paragraphs))

    def paragraph(self) -> str:
        """A paragraph of our corpus."""
        return self.random.choices(self.paragraphs, self.weights)[0]

    def talk(self) -> str:
        """A paragraph of two sentences without figures."""
        sentences = []
        for _ in range(2):
            words = list(self.random.choice(self.chain["", ""]))
            while len(words) < 40 and not words[-1].endswith((".", "?", "!")):
                following = self.chain.get((words[-2], words[-1]))
                if not following:
                    break
                words.append(self.random.choice(following)[0])
            sentences.append(" ".join(words).rstrip(",;–") + ("" if words[-1].endswith((".", "?", "!")) else "."))
        return " ".join(sentences)

    def vary(self, text: str, shift: int) -> str:
        """The text with other names, figures and years."""
        draw = self.random
        text = self.known.sub(lambda m: draw.choice(self.policies if m[0] in self.is_policy else self.councils), text)
        text = _NAME.sub(lambda _: f"{draw.choice(_FORENAMES)} {draw.choice(_SURNAMES)}", text)
        text = _YEAR.sub(lambda m: str(int(m[1]) + shift), text)
        return _NUMBER.sub(lambda m: self._other_number(m[1]), text)

    def _other_number(self, written: str) -> str:
        if _YEAR.fullmatch(written) or len(written) < 2:
            return written
        digits = [str(self.random.randrange(1, 10)) if c.isdigit() else c for c in written]
        return "".join(digits)

    def reworded(self, article: _Article) -> _Article:
        """The article as an editor changed it later."""
        changed = self.random.randrange(len(article.paragraphs))
        paragraphs = list(article.paragraphs)
        paragraphs[changed] = self.vary(self.paragraph(), article.published.year - 2024)
        return _Article(article.number, article.published, article.title, tuple(paragraphs))


def _read_corpus(corpus: Path, models: Path) -> Iterator[CleanItem]:
    limits, marks = Limits(), load_marks(models)
    for path in sorted((corpus / "dumps").iterdir()):
        yield from clean_dump(read_dump(path.read_bytes(), path.name, limits), marks, limits).items


def _read_chain(paragraphs: Sequence[str]) -> dict[tuple[str, str], list[tuple[str, ...]]]:
    """What follows each pair of words in sentences without digits or times; under two empty words, what begins them."""
    chain: dict[tuple[str, str], list[tuple[str, ...]]] = defaultdict(list)
    for paragraph in paragraphs:
        for sentence in re.split(r"(?<=[.?!])\s+(?=[A-Z])", paragraph):
            words = sentence.translate(_QUOTES).split()
            if len(words) < 6 or any(c.isdigit() for c in sentence) or _TIME.search(sentence):
                continue
            chain["", ""].append((words[0], words[1]))
            for first, second, third in zip(words, words[1:], words[2:], strict=False):
                chain[first, second].append((third,))
    return dict(chain)


def _names(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as handle:
        return [row["name"] for row in csv.DictReader(handle)]


def print_dump(articles: Sequence[_Article]) -> str:
    """Articles as a flattened feed, newest first."""
    newest = max(article.published for article in articles)
    site = "https://www.communitycare.co.uk"
    channel = (
        f"{_SPAM} social work Archives - Community Care {site}/tag/social-work/ Social Work News & Social Care Jobs "
        f"{_moment(newest + timedelta(days=1))} en-GB hourly 1 https://wordpress.org/?v=6.7.2 "
    )
    printed = []
    for article in sorted(articles, key=lambda each: each.published, reverse=True):
        slug = "-".join(re.findall(r"[a-z0-9]+", article.title.lower().replace("’", "")))
        url = f"{site}/{article.published:%Y/%m/%d}/{slug}/"
        head = f"{_SPAM} {article.title} {url} {url}#comments {_moment(article.published)} {site}/?p={article.number}"
        body = "\n\n".join(article.paragraphs)
        printed.append(f"{head}\n{article.paragraphs[0][:150]}…\n]]>\n\n{body}\n\n]]>\n{url}feed/ 3 ")
    return channel + "".join(printed)


def _moment(moment: datetime) -> str:
    return f"{moment:%a, %d %b %Y %H:%M:%S} +0000"


def write_archive(folder: Path, n_articles: int, seed: int = 0, first: int = 0) -> list[Path]:
    """Write the dumps of ``n_articles`` articles, from the ``first`` place in time on: their paths, oldest first."""
    root = Path(__file__).parent.parent
    maker = Maker(root / "corpus", find_models(), seed)
    folder.mkdir(parents=True, exist_ok=True)
    paths, again = [], list[_Article]()
    for start in range(first, first + n_articles, ARTICLES_A_DUMP):
        n_own = min(ARTICLES_A_DUMP, first + n_articles - start)
        own = [maker.article(start + i) for i in range(n_own)]
        path = folder / f"dump-{start:06d}.txt"
        path.write_text(print_dump([*own, *again]), encoding="utf-8")
        paths.append(path)
        again = [each for i, each in enumerate(own) if i % 20 == 0]
        again += [maker.reworded(each) for i, each in enumerate(own) if i % 100 == 1]
    return paths


def main() -> None:
    """Write an archive."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=1_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    for path in write_archive(options.folder, options.articles, options.seed, options.first):
        print(path)


if __name__ == "__main__":
    main()
