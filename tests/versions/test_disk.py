from __future__ import annotations

import os
import resource
import shutil
import subprocess

import pytest
from children import build, exit_code, start
from small_library import write_corpus

from assistant.errors import IndexUnwritable
from assistant.versions.catalogue import verify
from assistant.versions.store import Store

pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
REFUSED = 7
NOBODY = 65534

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a disk")


def everything(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def index(corpus_folder, tmp_path):
    """Give an index that was built before the corpus was changed."""
    build(corpus_folder, tmp_path / "index")
    write_corpus(corpus_folder, {"notes.txt": "Broadband\n\nAnother text."})
    return tmp_path / "index"


@pytest.fixture
def small_disk(tmp_path):
    """Give an empty disk of one megabyte."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], check=False).returncode:
        pytest.skip("no disk can be mounted here")
    yield folder
    subprocess.run(["umount", folder], check=True)


def refused(corpus_folder, index):
    """Build where the system refuses to write; the exit code says whether that was an error of ours."""
    try:
        build(corpus_folder, index)
    except IndexUnwritable:
        return REFUSED
    return 0


@pytest.mark.parametrize("size", [0, 100, 1000, 2000, 5000, 10_000])
def test_file_that_can_not_grow(corpus_folder, index, size):
    """Where the system lets no file grow beyond a size, the build ends with an error of ours and changes nothing."""
    before = everything(index)

    def limited():
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        return refused(corpus_folder, index)

    assert exit_code(start(limited)) == REFUSED
    assert everything(index) == before
    assert verify(Store(index)) == ()


@needs_root
@pytest.mark.parametrize("sizes", [6, pytest.param(60, marks=pytest.mark.faults)])
def test_full_disk(corpus_folder, index, small_disk, sizes):
    """However little room is left, a build that does not fit is an error of ours, and nothing is left of it."""
    shutil.copytree(index, small_disk / "index", copy_function=shutil.copy2)
    before = everything(small_disk / "index")
    full = 0
    for number in range(sizes):
        room = 120_000 * number // sizes
        filler = small_disk / "filler"
        filler.write_bytes(bytes(shutil.disk_usage(small_disk).free // 4096 * 4096 - room // 4096 * 4096))
        code = exit_code(start(lambda: refused(corpus_folder, small_disk / "index")))
        filler.unlink()
        if code == 0:
            break
        assert code == REFUSED
        assert everything(small_disk / "index") == before
        full += 1
    assert full > 1
    assert verify(Store(small_disk / "index")) == ()
    print(f"R5: disk full with {full} amounts of room left, the old version intact each time, nothing left behind")


@needs_root
def test_read_only_disk(corpus_folder, index, small_disk):
    """On a disk that can only be read, the build ends with an error of ours; the index is still read."""
    shutil.copytree(index, small_disk / "index")
    before = everything(small_disk / "index")
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    try:
        assert refused(corpus_folder, small_disk / "index") == REFUSED
        assert Store(small_disk / "index").load_current()
        assert everything(small_disk / "index") == before
    finally:
        subprocess.run(["mount", "-o", "remount,rw", small_disk], check=True)


@needs_root
@pytest.mark.parametrize("folder", [".", "versions"])
def test_folder_of_somebody_else(corpus_folder, index, folder):
    """Where the folder may not be written to, the build ends with an error of ours and changes nothing."""
    for path in (index, *index.rglob("*"), corpus_folder, *corpus_folder.rglob("*")):
        os.chown(path, NOBODY, NOBODY)
    for path in index.parents:
        if path.stat().st_uid == 0 and path.name.startswith(("pytest", "popen", "test")):
            path.chmod(0o755)
    (index / folder).chmod(0o555)
    before = everything(index)

    def as_nobody():
        os.setegid(NOBODY)
        os.seteuid(NOBODY)
        return refused(corpus_folder, index)

    assert exit_code(start(as_nobody)) == REFUSED
    assert everything(index) == before
