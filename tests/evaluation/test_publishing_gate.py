from __future__ import annotations

import pytest
from bag_of_words import BagOfWords, SharedWords
from golden_library import QUESTIONS, library, without

from assistant.errors import IndexUnwritable, VersionRefused
from assistant.evaluation.publishing_gate import publishing_gate
from assistant.publishing.wording import render_versions
from assistant.versions.catalogue import list_versions
from assistant.versions.store import Store
from assistant.versions.verdicts import RECORD, latest_verdicts


@pytest.fixture
def served(tmp_path):
    """Give an assistant on the small library; its index is where the gate looks."""
    return library(tmp_path / "served")


@pytest.fixture
def gated(tmp_path, served):  # noqa: ARG001  # what the gate compares with
    """Give what sends a version through the gate, and what the gate told."""
    told = []

    def gated(version, force=""):
        gate = publishing_gate(tmp_path / "served" / "index", QUESTIONS, BagOfWords(), SharedWords, told.append, force)
        gate(version)
        return told[-1]

    return gated


@pytest.fixture
def poorer(tmp_path):
    """Give a version without a page that a question is about."""
    return library(tmp_path / "poorer", without("states.md")).version


def test_a_good_version_passes_and_its_score_is_kept(served, gated, tmp_path):
    """The verdict on a version is told and recorded, and `versions` shows its score."""
    assert gated(served.version).startswith("The new version may be published.")
    verdict = latest_verdicts(tmp_path / "served" / "index")[served.version.id]
    assert (verdict.asked, verdict.right, verdict.reasons, verdict.refused) == (6, 6, (), False)
    table = render_versions(list_versions(Store(tmp_path / "served" / "index"))).splitlines()
    assert table[1].split()[-4:] == ["6", "of", "6", "current"]


def test_a_refused_version_is_recorded(gated, poorer, tmp_path):
    """A refusal names the command that publishes anyway, and is on record."""
    with pytest.raises(VersionRefused, match="build --force 'the reason'"):
        gated(poorer)
    assert latest_verdicts(tmp_path / "served" / "index")[poorer.id].refused


def test_what_is_forced_is_recorded(gated, poorer, tmp_path):
    """With a reason the version passes; the reason stands in the record with what spoke against the version."""
    assert gated(poorer, "the Kentucky page was withdrawn").startswith("The new version is refused")
    verdict = latest_verdicts(tmp_path / "served" / "index")[poorer.id]
    assert verdict.forced == "the Kentucky page was withdrawn"
    assert not verdict.refused
    assert any("a fall of 16.7 percentage points" in reason for reason in verdict.reasons)


def test_a_reason_that_was_not_needed(served, gated, tmp_path):
    """A reason given for a version that nothing speaks against leaves no trace."""
    gated(served.version, "to be sure")
    assert latest_verdicts(tmp_path / "served" / "index")[served.version.id].forced == ""


def test_a_line_cut_short(served, gated, tmp_path):
    """A record that a crash cut short is passed over; the others stay."""
    gated(served.version)
    with (tmp_path / "served" / "index" / RECORD).open("ab") as record:
        record.write(b'{"version": "abc')
    assert list(latest_verdicts(tmp_path / "served" / "index")) == [served.version.id]


def test_a_record_that_can_not_be_written(served, gated, tmp_path):
    """Where the record can't be written, nothing is published without one."""
    (tmp_path / "served" / "index" / RECORD).mkdir()
    with pytest.raises(IndexUnwritable):
        gated(served.version)
