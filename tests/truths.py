"""What holds for each reading, whatever it was read from."""

from __future__ import annotations


def blocks(section):
    """Give the kind and text of each block."""
    return [(block.kind, section.text[block.start : block.end]) for block in section.blocks]


def links(section):
    """Give the text and address of each link."""
    return [(section.text[link.start : link.end], link.url) for link in section.links]


def hold(reading):
    """Hold a reading to it: blocks and links lie in their section, blocks cover all but white space, anchors are unique."""
    for section in reading.sections:
        end = 0
        for block in section.blocks:
            assert end <= block.start < block.end <= len(section.text)
            assert not section.text[end : block.start].strip()
            end = block.end
        assert not section.text[end:].strip()
        for link in section.links:
            assert any(block.start <= link.start < link.end <= block.end for block in section.blocks)
            assert link.url.lower().startswith(("http://", "https://"))
    anchors = [section.anchor for section in reading.sections]
    assert len(set(anchors)) == len(anchors)
