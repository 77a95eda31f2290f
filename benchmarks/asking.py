"""How quickly questions are answered: a made-up archive of a million events, and the command timed as a whole process.

    python -m benchmarks.asking FOLDER [--events 1000000]

Makes ``FOLDER/archive.sqlite`` unless it is there, and prints for each question the least and the middle of the
seconds that the process took, and of its processor time: on a machine that does other things the latter says more.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from pipeline.store.archive import ARCHIVE_NAME, Archive
from pipeline.store.schema import REBUILD
from pipeline.tables import BY_NAME
from pipeline.vocabulary import EVENT_TYPES, NATIONS, STATES, STATUSES

COMMON = (
    "the", "of", "council", "children", "social", "care", "workers", "fostering", "government", "new", "plan",
    "funding", "families", "kinship",
)  # fmt: skip
N_POLICIES, N_ORGANISATIONS, N_WORDS, N_TOPICS = 5_000, 3_000, 20_000, 200
TIMES = 5

#: Policy 100 has some hundred events, policy 10 some thousand; word 100 stands in some thousand, word 1000 in hundreds.
QUESTIONS = [
    ["--policy", "policy 100"],
    ["--policy", "policy 10", "--limit", "20"],
    ["--organisation", "organisation 50", "--limit", "20"],
    ["--text", "{word100}", "--limit", "20"],
    ["--text", "{word1000}"],
    ["--text", "{word100} children", "--limit", "20"],
    ["--from", "2024-05", "--to", "2024-05", "--limit", "20"],
    ["--from", "2024-05", "--to", "2024-05", "--count"],
    ["--type", "funding", "--from", "2024", "--limit", "20"],
    ["--state", "overdue", "--sort", "-date", "--limit", "20"],
    ["--topic", "topic-5", "--count-by", "type,year"],
    ["--min-amount", "999.9m"],
    ["--sort", "-amount", "--limit", "10"],
]


def make_words(chance: random.Random) -> list[str]:
    """Words of two to four syllables."""
    return [
        "".join(chance.choice("bcdfghklmnprst") + chance.choice("aeiou") for _ in range(chance.randint(2, 4)))
        + chance.choice("bkmt")
        for _ in range(N_WORDS)
    ]


def make_events(n: int, chance: random.Random, words: list[str]) -> Iterator[tuple[object, ...]]:
    """Rows of the timeline; few policies and words are common, most are rare."""

    def rare(most: int, slope: float) -> int:
        return min(int(chance.paretovariate(slope)) - 1, most - 1)

    def sentence(length: int) -> str:
        pick = (chance.choice(COMMON) if chance.random() < 0.6 else words[rare(N_WORDS, 0.35)] for _ in range(length))
        return " ".join(pick)

    header = BY_NAME["timeline"].header
    for i in range(n):
        day = date(2000, 1, 1) + timedelta(days=chance.randrange(10_000))
        kind = chance.random()
        first = day if kind < 0.6 else day.replace(day=1) if kind < 0.8 else day.replace(month=1, day=1)
        last = day if kind < 0.6 else first + timedelta(days=27 if kind < 0.8 else 364)
        policies = sorted({rare(N_POLICIES, 0.6) for _ in range(chance.randint(0, 2))})
        organisations = sorted({rare(N_ORGANISATIONS, 0.6) for _ in range(chance.randint(0, 2))})
        moment = f"{day}T10:00:00+00:00"
        row: dict[str, object] = {
            "event_id": f"event-{hashlib.sha256(str(i).encode()).hexdigest()[:12]}",
            "date": str(first) if kind < 0.6 else str(first)[:7] if kind < 0.8 else str(first.year),
            "date_label": str(day), "date_earliest": str(first), "date_latest": str(last), "precision": "day",
            "type": chance.choice(EVENT_TYPES), "status": chance.choice(STATUSES), "state": chance.choice(STATES),
            "title": sentence(9), "quote": sentence(25), "nation": chance.choice(NATIONS),
            "policies": "; ".join(f"policy {p}" for p in policies) or None,
            "policy_ids": "; ".join(f"policy-{p}" for p in policies) or None,
            "organisations": "; ".join(f"organisation {o}" for o in organisations) or None,
            "organisation_ids": "; ".join(f"organisation-{o}" for o in organisations) or None,
            "amount": float(chance.randrange(10**9)) if chance.random() < 0.1 else None,
            "topic_id": f"topic-{chance.randrange(N_TOPICS)}", "n_articles": 1, "first_published": moment,
            "last_published": moment, "confidence": round(chance.random(), 3), "article_id": f"example-{i // 5}",
            "url": "https://www.example.org/",
        }  # fmt: skip
        yield tuple(row.get(name) for name in header)


def make_archive(folder: Path, n: int) -> None:
    """Write the archive; what triggers would do row by row is done once for all."""
    chance = random.Random(1)
    words = make_words(chance)
    folder.mkdir(parents=True, exist_ok=True)
    with Archive(folder / ARCHIVE_NAME) as archive:
        connection = archive.connection
        with archive.transaction():
            connection.execute("DROP TRIGGER timeline_added")
            marks = ", ".join("?" * len(BY_NAME["timeline"].header))
            connection.executemany(f"INSERT INTO timeline VALUES ({marks})", make_events(n, chance, words))
            for kind, plural, most in (
                ("policy", "policies", N_POLICIES),
                ("organisation", "organisations", N_ORGANISATIONS),
            ):
                connection.executemany(
                    f"INSERT INTO {plural} ({kind}_id, name) VALUES (?, ?)",
                    ((f"{kind}-{i}", f"{kind} {i}") for i in range(most)),
                )
            connection.executemany(
                "INSERT INTO topics (topic_id, label) VALUES (?, ?)",
                ((f"topic-{i}", f"topic {i}") for i in range(N_TOPICS)),
            )
        for statement in REBUILD:
            connection.execute(statement)


def ask(folder: Path, question: list[str]) -> tuple[float, float, int]:
    """Seconds and processor seconds of the whole process, and the lines that it printed."""
    before, begun = os.times(), time.perf_counter()
    command = [sys.executable, "-m", "pipeline", "query", "--out", str(folder), *question]
    done = subprocess.run(command, capture_output=True, check=True)
    seconds, after = time.perf_counter() - begun, os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return seconds, used, done.stdout.count(b"\n")


def main() -> None:
    """Make the archive if need be, and time the questions."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--events", type=int, default=1_000_000)
    given = parser.parse_args()
    if not (given.folder / ARCHIVE_NAME).is_file():
        make_archive(given.folder, given.events)
    words = make_words(random.Random(1))
    print("seconds          processor       lines  question")
    for question in QUESTIONS:
        asked = [part.format(word100=words[100], word1000=words[1000]) for part in question]
        runs = [ask(given.folder, asked) for _ in range(TIMES)]
        wall, used = [run[0] for run in runs], [run[1] for run in runs]
        print(
            f"{min(wall):.2f} ({statistics.median(wall):.2f})      {min(used):.2f} ({statistics.median(used):.2f})"
            f"  {runs[0][2]:>8}  {' '.join(asked)}"
        )


if __name__ == "__main__":
    main()
