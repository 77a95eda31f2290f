"""Fill in the made parts of every document: ``python -m tests.documents [RUN HELD_OUT_RUN]`` (``make docs``).

Without runs, only what is taken from the code. ``RUN`` is the output folder of a run over ``corpus/dumps``,
``HELD_OUT_RUN`` of one over ``corpus/heldout/dumps``, both with ``--model none``.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.documents.facts import choose_examples, make_facts, read_examples
from tests.documents.marks import DOCUMENTS, ROOT, read_parts, write_parts
from tests.documents.measures import HELD_OUT_GOLD, OPEN_GOLD, make_measures, measure
from tests.documents.picture import draw_timeline

OUTPUTS_MD = ROOT / "docs" / "outputs.md"
PICTURE = ROOT / "docs" / "timeline.svg"


def main(runs: list[Path]) -> None:
    """Write the documents, and say which have changed."""
    if runs:
        open_run, held_out_run = runs
        parts = make_facts(choose_examples(open_run))
        parts |= make_measures(measure(open_run, OPEN_GOLD), measure(held_out_run, HELD_OUT_GOLD))
        picture, rows = draw_timeline(open_run)
        PICTURE.write_text(picture, encoding="utf-8")
        parts["rows"] = rows
    else:
        parts = make_facts(read_examples(read_parts(OUTPUTS_MD)))
    changed = [path.name for path in DOCUMENTS if write_parts(path, parts)]
    print(f"changed: {', '.join(changed) or 'nothing'}")


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
