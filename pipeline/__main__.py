"""``python -m pipeline`` is ``carefeed``."""

from pipeline.cli import main

main()
