"""A node of a parsed file: its tag, its attributes, what is in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Element:
    """An element of HTML (`li`) or of XML with the prefix of its namespace (`w:p`), with its children in order."""

    tag: str
    attributes: Mapping[str, str]
    children: tuple[Element | str, ...] = ()

    @property
    def elements(self) -> Iterator[Element]:
        """The children that are elements."""
        return (child for child in self.children if isinstance(child, Element))

    def get(self, attribute: str) -> str:
        """Give the value of an attribute, nothing where it is absent."""
        return self.attributes.get(attribute, "")

    def child(self, *path: str) -> Element | None:
        """Follow the first child of each tag in turn."""
        element = self
        for tag in path:
            for child in element.children:
                if isinstance(child, Element) and child.tag == tag:
                    element = child
                    break
            else:
                return None
        return element

    def value(self, *path: str) -> str | None:
        """Give the `w:val` of the element that `child` finds, `None` if there is no such element."""
        found = self.child(*path)
        return None if found is None else found.get("w:val")

    def descendants(self, *tags: str) -> Iterator[Element]:
        """Yield the elements inside of this one that have one of the tags, in the order of the file."""
        pending = list(self.elements)[::-1]
        while pending:
            element = pending.pop()
            if element.tag in tags:
                yield element
            pending.extend(list(element.elements)[::-1])

    def texts(self) -> Iterator[str]:
        """Yield all text inside of this element, in the order of the file."""
        pending: list[Element | str] = [self]
        while pending:
            node = pending.pop()
            if isinstance(node, str):
                yield node
            else:
                pending.extend(node.children[::-1])
