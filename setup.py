"""What pyproject.toml can't say: models/ goes into the wheel as ``pipeline/_models``, without a copy in git."""

from setuptools import find_packages, setup

setup(
    packages=[*find_packages(include=["pipeline", "pipeline.*"]), "pipeline._models"],
    package_dir={"pipeline._models": "models"},
)
