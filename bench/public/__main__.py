"""`python -m bench.public DIR`: the reader on the public sets under DIR, counts beside the published numbers."""

import argparse
from pathlib import Path

from bench.public import report

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, metavar="DIR", help="the folder of the public sets")
    report(parser.parse_args().data)
