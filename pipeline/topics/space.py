"""Articles as points: TF-IDF of their features, turned (SVD) into a few directions and brought to length one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from scipy import sparse

Array = np.ndarray[Any, np.dtype[np.float64]]
Labels = np.ndarray[Any, np.dtype[np.intp]]

#: Directions kept. 100 is the usual choice for news; more adds noise, fewer joins topics.
DIRECTIONS: Final = 100
#: A feature in more than this share of the articles tells nothing apart.
_TOO_COMMON: Final = 0.6
#: From this number of articles on, a feature must stand in two of them, and the common ones are left out.
_MANY: Final = 10
_MOST_FEATURES: Final = 30_000
#: Up to this number of articles the decomposition is exact; above, randomised (with the run's seed).
_EXACT: Final = 500


@dataclass(frozen=True)
class Space:
    """The directions that articles are told apart by.

    ``vocabulary`` are the features in sorted order; ``idf`` the weight of each; ``components`` one row per direction,
    one column per feature.
    """

    vocabulary: tuple[str, ...]
    idf: Array
    components: Array
    _columns: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_columns", {name: i for i, name in enumerate(self.vocabulary)})

    def weigh(self, documents: Sequence[Sequence[str]]) -> sparse.csr_matrix:
        """TF-IDF of the documents, one row each, of length one (zero for a document without known features)."""
        columns: list[int] = []
        counts: list[int] = []
        ends = [0]
        for document in documents:
            known = sorted(
                (column, n) for name, n in Counter(document).items() if (column := self._columns.get(name)) is not None
            )
            columns.extend(column for column, _ in known)
            counts.extend(n for _, n in known)
            ends.append(len(columns))
        weights = (1.0 + np.log(np.asarray(counts, dtype=float))) * self.idf[columns] if columns else np.zeros(0)
        matrix = sparse.csr_matrix((weights, columns, ends), shape=(len(documents), len(self.vocabulary)))
        lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
        return sparse.csr_matrix(sparse.diags(1.0 / np.where(lengths > 0, lengths, 1.0)) @ matrix)

    def place(self, documents: Sequence[Sequence[str]]) -> Array:
        """The documents' points, one row each, of length one (zero for a document without known features)."""
        return unit(np.asarray(self.weigh(documents) @ self.components.T))


def unit(points: Array) -> Array:
    """The rows brought to length one; rows of zeros stay."""
    lengths = np.linalg.norm(points, axis=1, keepdims=True)
    return points / np.where(lengths > 1e-12, lengths, 1.0)


def fit_space(documents: Sequence[Sequence[str]], seed: int) -> Space:
    """The space that tells these documents apart best; without directions where no document has a feature."""
    n = len(documents)
    frequency = Counter(name for document in documents for name in set(document))
    least, most = (2, _TOO_COMMON * n) if n >= _MANY else (1, n)
    usable = [(name, count) for name, count in frequency.items() if least <= count <= most]
    if not usable:  # all articles alike: what they share is all there is
        usable = list(frequency.items())
    usable.sort(key=lambda pair: (-pair[1], pair[0]))
    vocabulary = tuple(sorted(name for name, _ in usable[:_MOST_FEATURES]))
    idf = np.array([np.log((1 + n) / (1 + frequency[name])) + 1.0 for name in vocabulary])
    bare = Space(vocabulary, idf, np.zeros((0, len(vocabulary))))
    return Space(vocabulary, idf, as_kept(_directions(bare.weigh(documents), seed)))


def as_kept(numbers: Array) -> Array:
    """The numbers with as many digits as a saved model keeps, so that it gives the same when it is loaded again."""
    return numbers.astype(np.float32).astype(np.float64)


def _directions(matrix: sparse.csr_matrix, seed: int) -> Array:
    """The strongest directions of the matrix's rows, strongest first."""
    n, width = matrix.shape
    if not n or not width or not matrix.nnz:
        return np.zeros((0, width))
    if n <= _EXACT:
        values, vectors = np.linalg.eigh((matrix @ matrix.T).toarray())
        keep = [i for i in np.argsort(-values, kind="stable")[:DIRECTIONS] if values[i] > 1e-9]
        return np.asarray((matrix.T @ (vectors[:, keep] / np.sqrt(values[keep]))).T)
    from sklearn.decomposition import TruncatedSVD  # noqa: PLC0415  (slow to import; small runs do without)

    return np.asarray(TruncatedSVD(min(DIRECTIONS, width - 1), random_state=seed).fit(matrix).components_)
