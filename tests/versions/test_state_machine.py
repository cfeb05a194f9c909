from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path

import pytest
from children import OCCURRENCES, build, killed_build
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from small_library import write_corpus

from assistant.errors import IndexUnusable
from assistant.versions.catalogue import find_version, previous_version, verify
from assistant.versions.protocol import STEPS
from assistant.versions.store import Store

pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
FOUND = re.compile(r"Edition (\d+)\.")


def edition(version):
    (number,) = (int(n) for passage in version.passages for n in FOUND.findall(passage.text))
    return number


class Staff(RuleBasedStateMachine):
    """Staff build, publish and go back; builds are killed and files damaged; readers always find what was published.

    `served` is what must be served; `published` all that ever was; `damaged` whether a file was altered or a killed build left the copy of CURRENT behind.
    """

    @initialize()
    def first_build(self):
        self.folder = Path(tempfile.mkdtemp())
        self.corpus, self.index = self.folder / "corpus", self.folder / "index"
        self.store = Store(self.index)
        self.number = 0
        self.published = set()
        self.damaged = False
        self.edit_and_build()

    def teardown(self):
        if hasattr(self, "folder"):
            shutil.rmtree(self.folder)

    def edit(self):
        self.number += 1
        write_corpus(self.corpus, {"page.md": f"Edition {self.number}. It says nothing else."})

    def look(self):
        self.served = edition(self.store.load_current())
        self.published.add(self.served)
        self.damaged = bool(verify(self.store))

    @rule()
    def edit_and_build(self):
        """Mend whatever is damaged of what is served, by building anew."""
        self.edit()
        build(self.corpus, self.index)
        self.look()
        assert self.served == self.number

    @rule()
    def build_again(self):
        """Serve the corpus as it is, be it served already or not."""
        build(self.corpus, self.index)
        self.look()
        assert self.served == self.number

    @rule(step=st.sampled_from(STEPS), times=st.integers(1, 3))
    def killed(self, step, times):
        """Serve the old or the new version after a build was killed."""
        self.edit()
        killed_build(self.corpus, self.index, step, min(times, OCCURRENCES.get(step, 1)))
        before = self.served
        if self.damaged:
            build(self.corpus, self.index)
        self.look()
        assert self.served in (before, self.number)

    @precondition(lambda self: not self.damaged)
    @rule()
    def go_back(self):
        """Serve the version before, where there is one."""
        before = self.store.published()[1:]
        if before:
            self.store.go_back(previous_version(self.store))
            assert self.store.published() == before
            self.look()

    @precondition(lambda self: not self.damaged)
    @rule(place=st.integers(0))
    def publish_another(self, place):
        """Any version that loads can be served, those that a killed build left unpublished too."""
        ids = self.store.layout.ids()
        self.store.publish(find_version(self.store, ids[place % len(ids)]))
        self.look()

    @precondition(lambda self: not self.damaged)
    @rule(place=st.integers(0), content=st.binary(max_size=20))
    def corrupt(self, place, content):
        """One file of the index is altered."""
        files = sorted(path for name in ("CURRENT*", "versions/**/*") for path in self.index.glob(name))
        files = [path for path in files if path.is_file()]
        path = files[place % len(files)]
        path.write_bytes(content + b"!" if content == path.read_bytes() else content)
        assert verify(self.store)
        self.damaged = True

    @invariant()
    def read(self):
        """Readers get what was published, or an error and what was published before; never anything else."""
        if not hasattr(self, "served"):
            return
        try:
            assert edition(self.store.load_current()) == self.served
        except IndexUnusable:
            assert self.damaged
            self.read_last_good()

    def read_last_good(self):
        try:
            assert edition(self.store.load_last_good().version) in self.published
        except IndexUnusable:
            assert len(self.store.published()) < 2


@pytest.mark.parametrize("examples", [4, pytest.param(100, marks=pytest.mark.faults)])
def test_anything_in_any_order(examples):
    """Builds, kills, damage, publishing and going back in any order: readers find what was published."""
    health = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    run_state_machine_as_test(
        Staff,
        settings=settings(
            max_examples=examples,
            phases=[Phase.generate],
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=health,
        ),
    )
