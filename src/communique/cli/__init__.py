"""The command line: one file a command. Nothing here reads a document itself, and `--help` loads no dictionary.

Exit codes: 0 all was read; 1 an input, option or world that the user can mend; 2 a bug of ours; 130 stopped by Ctrl-C.
"""

import logging
import os
import sys
import traceback
from typing import Annotated

import typer

from communique import __version__
from communique.cli.add import add
from communique.cli.annotate import annotate
from communique.cli.audit import audit
from communique.cli.backup import backup
from communique.cli.changed import changed
from communique.cli.compare import compare
from communique.cli.export import export
from communique.cli.forget import forget
from communique.cli.listing import list_documents
from communique.cli.meetings import different, meetings, same, unsure, withdraw
from communique.cli.messages import BUG, REPORT, STOPPED, STOPPED_AND_SAID, complain
from communique.cli.read import read
from communique.cli.report import report
from communique.cli.reread import reread
from communique.cli.schema import schema
from communique.cli.show import show
from communique.cli.sql import sql
from communique.cli.things import things
from communique.cli.who import who
from communique.cli.why_not import why_not
from communique.cli.world import world
from communique.cli.world_import import import_world
from communique.errors import CommuniqueError

app = typer.Typer(
    help="Communiqué reads official readouts and keeps the record of diplomacy.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(read)
app.command()(show)
app.command()(compare)
app.command()(changed)
app.command("why-not")(why_not)
app.command()(who)
app.command()(add)
app.command("list")(list_documents)
app.command()(meetings)
app.command()(things)
app.command()(same)
app.command()(different)
app.command()(unsure)
app.command()(withdraw)
app.command()(forget)
app.command()(backup)
app.command()(export)
app.command()(reread)
app.command()(sql)
app.command()(annotate)
app.command()(audit)
app.command()(report)
app.command()(schema)
world.command("import")(import_world)
app.add_typer(world, name="world")


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"communique {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    pass


def main() -> None:
    """The script `communique`."""
    sys.exit(run(sys.argv[1:]))


def run(args: list[str]) -> int:
    """Run one command and return its exit code; no traceback without COMMUNIQUE_DEBUG=1."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal that lacks a letter is no reason to stop
    _log_quietly()
    try:
        app(args, prog_name="communique")
    except SystemExit as stop:
        return _exit_code(stop.code)
    except KeyboardInterrupt:
        return _exit_code(STOPPED)
    except CommuniqueError as error:
        complain(str(error))
        return 1
    except Exception as error:
        if os.environ.get("COMMUNIQUE_DEBUG"):
            traceback.print_exc()
        complain(f"{type(error).__name__}: {error}. {REPORT}")
        return 2
    return 0


def _log_quietly() -> None:
    """What the library logs is for developers; people get sentences."""
    if os.environ.get("COMMUNIQUE_DEBUG"):
        logging.basicConfig()
    else:
        logging.getLogger("communique").addHandler(logging.NullHandler())


def _exit_code(code: object) -> int:
    """Typer leaves with 2 for a wrong option; for us that is the user's to mend, and 2 is a bug."""
    if code == STOPPED:
        complain("stopped; the records printed so far are whole")
        return STOPPED
    if code == STOPPED_AND_SAID:
        return STOPPED
    if code == BUG:
        return 2
    return 0 if code in (None, 0) else 1
