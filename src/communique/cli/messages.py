"""What the commands say on standard error, and how they leave."""

import sys

STOPPED = 130
STOPPED_AND_SAID = 71  # stopped, and the command has said what was kept
BUG = 70  # EX_SOFTWARE: within the command line only; the user sees 2
REPORT = (
    "This is a bug in Communiqué, not in your input. Please report it with the command you ran; "
    "COMMUNIQUE_DEBUG=1 shows where it happened"
)


def complain(message: str) -> None:
    """One message to standard error, without control characters that a file's name may carry."""
    print("communique: " + "".join(c for c in message if c.isprintable() or c == "\n"), file=sys.stderr)


class Progress:
    """A line on standard error that counts, where somebody watches and the records go elsewhere."""

    def __init__(self, verb: str = "read") -> None:
        self.count = 0
        self._verb = verb
        self._shown = sys.stderr.isatty() and not sys.stdout.isatty()

    def step(self) -> None:
        self.count += 1
        if self._shown and self.count > 1:
            print(f"\r{self.count} {self._verb}", end="", file=sys.stderr, flush=True)

    def done(self) -> None:
        if self._shown and self.count > 1:
            print(file=sys.stderr)
