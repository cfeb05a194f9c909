from __future__ import annotations

import signal
import traceback
from collections import Counter
from contextlib import contextmanager
from importlib import import_module

import pytest
from mutations import SEEDS, mutant

from assistant.documents.archives import check_archive
from assistant.documents.checked_reading import check_reading
from assistant.documents.file_kinds import SUFFIXES, kind_of
from assistant.documents.text_files import parse_page
from assistant.errors import DocumentError

SECONDS = 10
SHORT, LONG = 60, 2_400
"""How many changed files of each format are read."""


class HungError(BaseException):
    """Passes by whoever catches exceptions."""


@contextmanager
def time_limit():
    def stop(*_):
        raise HungError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def outcome(name, content):
    """Read a file as the process that is made for it does; give the name of what came of it."""
    kind = kind_of(name)
    read = parse_page
    if kind.is_isolated:
        read = getattr(import_module(f"assistant.documents.formats.{kind.module}"), kind.function)
    try:
        with time_limit():
            if kind.archive_folder:
                check_archive(name, content, kind)
            check_reading(name, read(name, content))
    except DocumentError as error:
        return type(error).__name__
    except HungError:
        return "hung"
    except Exception:  # noqa: BLE001  # each is a finding
        return "uncaught: " + traceback.format_exc(limit=-3)
    return "read"


def outcomes(suffix, count):
    seeds = [seed for seed in SEEDS if seed.suffix == suffix]
    return Counter(outcome(f"file{suffix}", mutant(seeds[n % len(seeds)], n)) for n in range(count))


def findings(found):
    return {what: number for what, number in found.items() if what.startswith(("hung", "uncaught"))}


def test_each_format_has_a_seed():
    """Files of each format are changed, and a seed itself is read."""
    assert {seed.suffix for seed in SEEDS} == set(SUFFIXES) - {".htm"}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("suffix", sorted({seed.suffix for seed in SEEDS}))
def test_changed_files(suffix):
    """A changed file is read or refused in time, with an error of ours; some of each format are read."""
    found = outcomes(suffix, SHORT)
    assert findings(found) == {}
    assert found["read"]


@pytest.mark.faults
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("suffix", sorted({seed.suffix for seed in SEEDS}))
def test_thousands_of_changed_files(suffix):
    """So it is with thousands of them."""
    found = outcomes(suffix, LONG)
    print(suffix, dict(found))
    assert findings(found) == {}
