"""People who act or speak, and the roles that they do it in."""

from __future__ import annotations

import pytest

from pipeline.extraction.entities.people import find_people
from pipeline.extraction.entities.tokens import tokenise

CASES = [
    ("The children’s minister Jo Day said so.", [("Jo Day", "children’s minister")]),
    ("The then children’s minister, Jo Day, said so.", [("Jo Day", "children’s minister")]),
    ("“No,” said ADCS president Al Lee.", [("Al Lee", "ADCS president")]),
    ("It is clear, said head of local government Al Lee.", [("Al Lee", "head of local government")]),
    ("Jo Day, chief social worker for adults, agreed.", [("Jo Day", "chief social worker for adults")]),
    ("Its chair, Jo Day, agreed.", [("Jo Day", "chair")]),
    ("The interim chairs, Jo Day and Al Lee, agreed.", [("Jo Day", "interim chairs"), ("Al Lee", "interim chairs")]),
    ("Minister Mary O’Dell and Jan McBride MP met.", [("Mary O’Dell", "Minister"), ("Jan McBride", "Minister")]),
    ("Chief inspector Sir Al Lee agreed.", [("Al Lee", "Chief inspector")]),
    ("Jo Day told MPs that it was late.", [("Jo Day", None)]),
    ("Social workers in South Kent said so.", []),
    ("The Head Teachers Board said so.", []),
]


@pytest.mark.parametrize(("text", "wanted"), CASES, ids=[text for text, _ in CASES])
def test_a_role_says_that_a_name_is_a_persons(text: str, wanted: list[tuple[str, str | None]]) -> None:
    """A role right before or after makes two capitalised words a person; so does a verb of speaking."""
    assert [(person.name, person.role) for person in find_people(tokenise(text), [])] == wanted


def test_a_surname_alone_is_the_same_person_later() -> None:
    """Name and role are those of the full mention."""
    people = find_people(tokenise("The minister Jo Day came. Day spoke. A day later Day left."), [])
    assert [(person.name, person.role, person.start_char) for person in people] == [
        ("Jo Day", "minister", 13),
        ("Jo Day", "minister", 26),
        ("Jo Day", "minister", 49),
    ]


def test_a_body_is_nobody() -> None:
    """What is an organisation's name already isn't a person's."""
    text = "The director Grant Thornton said so."
    start = text.index("Grant")
    assert find_people(tokenise(text), [(start, start + len("Grant Thornton"))]) == []


def test_a_models_person_needs_no_role() -> None:
    """Two words or more that the model takes for a person are one, with no role."""
    people = find_people(tokenise("It came from Jo Day at last."), [], [(13, 19)])
    assert [(person.name, person.role) for person in people] == [("Jo Day", None)]
