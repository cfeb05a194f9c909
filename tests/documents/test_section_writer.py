from __future__ import annotations

from assistant.documents.document import Document, PageStart, Source
from assistant.documents.passages import Splitting, split_document
from assistant.documents.section_writer import SectionWriter


def _written():
    writer = SectionWriter()
    writer.open_page(3)
    writer.open_section(1, "Waivers")
    writer.add_block("paragraph", "Kentucky grants waivers to districts.", (), (PageStart(16, 4),))
    writer.open_section(1, "Funding")
    writer.add_block("paragraph", "Grants pay for pilots.")
    writer.open_page(5)
    writer.add_block("paragraph", "They end in June.")
    return writer.sections()


def test_pages_of_a_section():
    """Each offset of a section tells the page it stands on, also where a page begins within a paragraph."""
    waivers, funding = _written()
    assert [waivers.page_at(offset) for offset in (0, 15, 16, 30)] == [3, 3, 4, 4]
    assert [funding.page_at(offset) for offset in (0, len(funding.text) - 1)] == [4, 5]


def test_passage_has_the_page_it_begins_on():
    """A passage tells the page to open."""
    passages = split_document(Document("plan", "Plan", Source(), _written()), Splitting(words=4))
    assert [(passage.text, passage.page) for passage in passages] == [
        ("Kentucky grants waivers to", 3),
        ("districts.", 4),
        ("Grants pay for pilots.", 4),
        ("They end in June.", 5),
    ]


def test_section_with_a_source_of_its_own():
    """A section may have another source than its document; the next one has not."""
    writer = SectionWriter()
    writer.open_section(1, "Who pays?", Source(publisher="Utah State Board"))
    writer.add_block("paragraph", "The state.")
    writer.open_section(1, "Since when?")
    writer.add_block("paragraph", "Since 2016.")
    assert [section.source for section in writer.sections()] == [Source(publisher="Utah State Board"), None]


def test_format_without_pages():
    """A format without pages tells none."""
    writer = SectionWriter()
    writer.add_block("paragraph", "Plain words.")
    assert writer.sections()[0].page_at(3) is None
