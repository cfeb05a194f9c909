"""Command line for content staff: build the index from the corpus, choose the version that is served, check both."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from assistant.commands.building import add_building
from assistant.commands.choosing import add_choosing
from assistant.commands.options import EXIT_CODES, Run, complain
from assistant.errors import AssistantError, IndexBusy
from assistant.settings import Settings, read_settings
from assistant.small_machine import refusal
from assistant.telemetry import opt_out


def main(arguments: Sequence[str]) -> int:
    """Run one command, `build` if none is named; give the exit code."""
    opt_out(os.environ)
    named = bool(arguments) and (not arguments[0].startswith("-") or arguments[0] in ("-h", "--help"))
    try:
        options = _parser(read_settings(os.environ)).parse_args(arguments if named else ["build", *arguments])
        run: Run = options.run
        return run(options)
    except IndexBusy as error:
        complain(str(error))
        return 3
    except AssistantError as error:
        complain(str(error))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # who read the output, as `head`, has enough
    except OSError as error:
        complain(refusal(error))
    except KeyboardInterrupt:
        complain("stopped; the index that was served before still is")
    return 2


def _parser(settings: Settings) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="build_index.py",
        description="Build the index that the assistant answers from, out of the documents in the corpus.",
        epilog=f"Without a command: build. COMMAND --help lists its options (--corpus, --index …). {EXIT_CODES}",
    )
    add = parser.add_subparsers(metavar="COMMAND", required=True).add_parser
    add_building(add, settings)
    add_choosing(add, settings)
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
