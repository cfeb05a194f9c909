from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.documents.description import parse_description
from assistant.documents.document import Source
from assistant.documents.front_matter import parse_front_matter
from assistant.errors import DocumentError


def described(*lines):
    return "\n".join(["---", *lines, "---", "Body."])


def test_everything_is_read():
    """Every field of a description is read, and the text below begins where it says."""
    front = parse_front_matter(
        "a.md",
        described(
            'title: "Waivers: a guide"',
            "topic: Federal  law",
            "source:",
            "  kind: government",
            "  publisher: A Board",
            "  title: The law",
            "  url: https://a.example/law",
            "  published: 2019",
            "  retrieved: 2026-11",
            "  licence: CC BY 4.0",
            "updated: 2026-11-23",
            "review_by: 2027-05-23",
            "starters:",
            "- What is a waiver?",
        ),
    )
    description = front.description
    assert description.title == "Waivers: a guide"
    assert description.source == Source(
        "government", "A Board", "The law", "https://a.example/law", "2019", "2026-11", "CC BY 4.0"
    )
    assert (description.updated, description.review_by) == ("2026-11-23", "2027-05-23")
    assert description.starters == ("What is a waiver?",)
    assert description.topic == "Federal law"
    assert (front.body, front.body_line) == ("Body.", 17)


@pytest.mark.parametrize("topic", ["[laws, schools]", f"{'An answer that a site keeps here. ' * 3}", "{a: b}"])
def test_a_topic_of_another_kind_is_a_field_we_do_not_know(topic):
    """What a site generator means by `topic` costs no page: it is passed over, and a text in it is searched."""
    front = parse_front_matter("a.md", described("title: T", f"topic: {topic}"))
    assert (front.description.topic, front.description.unknown) == ("", ("topic",))
    assert ("An answer" in front.body) == ("An answer" in topic)


def test_a_file_without_description_is_fine():
    """A file that does not begin with the fence is all text."""
    front = parse_front_matter("a.md", "Text.\n---\nmore")
    assert front.description is None
    assert (front.body, front.body_line) == ("Text.\n---\nmore", 1)


def test_optional_fields_may_be_left_empty():
    """A field without a value counts as not given."""
    front = parse_front_matter("a.md", described("title: T", "source:", "  url:", "updated:"))
    assert front.description.source == Source()
    assert front.description.updated is None


@pytest.mark.parametrize("title", ["No", "12:30", "2019", "1_000", "1.10", "null", "0x1F"])
def test_titles_are_taken_as_written(title):
    """A title that YAML could take for a number, a time or a truth value stays what the editor wrote."""
    assert parse_front_matter("a.md", described(f"title: {title}")).description.title == title


@pytest.mark.parametrize(
    ("lines", "line", "message"),
    [
        (["title: a: b"], 2, "mapping values are not allowed"),
        (["title: T", "source: [a"], 3, "the description can't be read"),
        (["title: \x01"], 1, "the description can't be read"),
        (["title: T", "- a"], 3, "the description can't be read"),
        (["just text"], 1, "the description must be lines of 'name: value', found 'just text'"),
        ([], 1, "the description must be lines of 'name: value'"),
        (["title: T", "source: the library"], 3, "source must be lines of 'name: value', found 'the library'"),
        (["title: [a, b]"], 2, "title must be a line of text, found ['a', 'b']"),
        (["title: T", "updated: 2026-02-30"], 3, "2026-02-30"),
        (["title: T", "updated: '2026-13'"], 3, "updated must be a date like 2026-03-31"),
        (["title: T", "review_by: next spring"], 3, "found 'next spring'"),
        (["title: T", "updated: 2026-03-31 10:00:00"], 3, "updated must be a date"),
        (["title: T", "source:", "  url: knowledgeworks.org"], 4, "url must begin with https:// or http://"),
        (["title: T", "source:", "  url: javascript:alert(1)"], 4, "url must begin with https:// or http://"),
        (["title: T", "source:", "  kind: blog"], 4, "kind must be one of library, government, advocate"),
        (["title: T", "source:", "  kind: [library]"], 4, "kind must be one of"),
        (['title: "\\ud83d\\ude00"'], 2, "\\ud83d is half a character; write the character itself"),
        (["title: T", "starters:", '- "\\ud83d?"'], 4, "\\ud83d is half a character"),
        (["title: T", "starters: What?"], 3, "starters must be a list of lines that begin with -"),
        (["title: T", "starters:", "- [a]"], 3, "starters must be a list of lines that begin with -"),
        (["title: !!int ''", "source: 1"], 3, "source must be lines"),
        (["? [a]", ": b"], 2, "the description can't be read"),
        (["title: " + "[" * 800], 1, "the description can't be read"),
        (["title: &a [*a, *a]"], 2, "the description can't be read"),
    ],
)
def test_what_can_not_be_used_is_named(lines, line, message):
    """Every mistake in a description is an error with the file, the line and what to do."""
    with pytest.raises(DocumentError) as caught:
        parse_front_matter("a.md", described(*lines))
    assert caught.value.file == "a.md"
    assert caught.value.line == line
    assert message in caught.value.message
    assert str(caught.value).startswith(f"a.md:{line}: ")


def test_unclosed_description():
    """A description that is never closed is an error, not a page without text."""
    with pytest.raises(DocumentError, match=r"^a.md:1: the description begins with --- but is never closed"):
        parse_front_matter("a.md", "---\ntitle: T\n\nText.")


@given(
    st.lists(
        st.sampled_from(
            "title: |source:|  |kind: |updated: |url: |2026-02-30|~|- |[|]|{|}|&a |*a|!!int |\"|'|#|\\ud800|\n|T".split(
                "|"
            )
        )
        | st.text(max_size=4),
        max_size=20,
    ).map("".join)
)
def test_any_description_is_read_or_refused(head):
    """Whatever stands between the fences, it is read or refused; its text can be saved as UTF-8."""
    with contextlib.suppress(DocumentError):
        str(parse_front_matter("a.md", f"---\n{head}\n---\nBody.")).encode()


def test_a_description_that_would_unfold_without_end():
    """A description that refers to itself many times over is refused at once, without writing it out."""
    lines = ["a: &a0 [x]", *(f"b{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)), "title: *a11"]
    with pytest.raises(DocumentError):
        parse_front_matter("a.md", described("title:", *(f"  {line}" for line in lines)))


def test_fields_of_a_site_generator():
    """Fields that a description does not have are named and cost nothing; whole answers in them are part of the text."""
    answer = "Each district pays for its own pilot, and the state pays the rest."
    head = [
        "layout: faq",
        "title: Costs",
        "source:",
        "  puplisher: P",
        "accordion:",
        "- title: Who pays?",
        f"  content: {answer}",
    ]
    front = parse_front_matter("a.md", described(*head))
    assert front.description.title == "Costs"
    assert front.description.unknown == ("layout", "accordion", "source: puplisher")
    assert front.body == f"### Who pays?\n\n{answer}\n\nBody."


def test_repeated_values_are_read_once():
    """Values that refer to one another by the thousand are read once each, at once."""
    levels = [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 12)]
    answer = "one two three four five six seven eight"
    front = parse_front_matter("a.md", described("title: T", f"l0: &l0 [{answer}]", *levels))
    assert front.body.count(answer) == 1


def test_a_title_may_be_missing():
    """Without a title the page is read all the same; what it is called is found elsewhere."""
    assert parse_front_matter("a.md", described("updated: 2026-01-01")).description.title is None


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("source:\n  supersedes: guide-2019.md", ("guide-2019.md",)),
        ("source:\n  supersedes:\n    - a\n    - The  old guide", ("a", "The old guide")),
        ("supersedes: a", ("a",)),
        ("source:\n  supersedes:\n    a: b", ()),
        ("supersedes:", ()),
    ],
)
def test_what_a_document_supersedes(field, names):
    """One name or a list of names, below `source` or beside it; anything else names nothing and loses no page."""
    description = parse_description("page.md", field)
    assert description.source.supersedes == names
    assert description.unknown == ()
