"""Writes an equation of a Word file as a line of text."""

from __future__ import annotations

from assistant.documents.formats.element import Element

_BETWEEN = {"m:f": "/", "m:sSup": "^", "m:sSub": "_", "m:limLow": "_", "m:limUpp": "^"}
_SEPARATORS = {"m:func": " ", "m:m": "; ", "m:eqArr": "; ", "m:mr": ", "}


def equation_text(element: Element) -> str:
    """Give the text of `m:oMath` in the order it is read: `a/b`, `x^2`, `√(x)`, `(a + b)`; fonts and sizes go."""
    if element.tag in ("m:t", "w:t"):
        return "".join(element.texts())
    operands = [text for text in map(equation_text, element.elements) if text.strip()]
    match element.tag:
        case "m:f" | "m:sSup" | "m:sSub" | "m:limLow" | "m:limUpp":
            return _BETWEEN[element.tag].join(map(_grouped, operands))
        case "m:rad":
            return "√" + "".join(f"({text})" for text in operands[-1:])
        case "m:d":
            return f"({', '.join(operands)})"
        case "m:nary":
            sign = element.child("m:naryPr", "m:chr")
            return (sign.get("m:val") if sign else "∫") + " ".join(operands)
        case tag:
            return _SEPARATORS.get(tag, "").join(operands)


def _grouped(text: str) -> str:
    """Put brackets around an operand of several signs."""
    return text if text.isalnum() or (text[:1], text[-1:]) == ("(", ")") else f"({text})"
