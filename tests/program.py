"""The program as a process that Ctrl-C reaches."""

import sys

# A process started in the background by a shell without job control, as CI may do, ignores SIGINT, and so do its children.
PROGRAM = [
    sys.executable,
    "-c",
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from communique.cli import main; main()",
]
