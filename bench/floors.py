"""The least that the reading must reach on the gold: raised by this script, lowered only by hand, with a reason.

`python -m bench.floors` raises every floor to what bench/results.json reached; it never lowers one. To lower a floor, edit
bench/floors.json: put the lower value into `floor`, leave `reached` as it is, and say in `why` what was gained for it.
"""

import sys
from pathlib import Path

import msgspec

from bench.quality import JUDGED, RESULTS, Results
from communique.errors import CommuniqueError

FLOORS = Path(__file__).parent / "floors.json"
LEAST_SEEN = 20  # a field with fewer things to judge has no floor of its own


class Floor(msgspec.Struct, frozen=True, omit_defaults=True):
    """One floor: what must be reached, the most that was, and why the two differ."""

    floor: float
    reached: float
    why: str = ""


def load(path: Path = FLOORS) -> dict[str, Floor]:
    """The floors by name of group or field; an error where one was lowered without a reason."""
    if not path.exists():
        return {}
    floors = msgspec.json.decode(path.read_bytes(), type=dict[str, Floor])
    for name, floor in floors.items():
        if floor.floor < floor.reached and not floor.why.strip():
            raise CommuniqueError(
                f"{path.name}: the floor of {name} is {floor.floor}, and {floor.reached} was reached; "
                "say in «why» what was gained by lowering it"
            )
    return floors


def measured(results: Results) -> dict[str, float]:
    """What has a floor: the score, its groups, and those of its fields with enough to judge."""
    enough = [r for r in results.fields if r.name in JUDGED and r.tp + r.fp + r.fn >= LEAST_SEEN]
    earlier = {f"earlier {row.name}": row.f1 for row in results.earlier}
    return {row.name: row.f1 for row in (*results.groups, *enough)} | earlier


def fallen(floors: dict[str, Floor], results: Results) -> list[str]:
    """A sentence for every floor that is not reached."""
    now = measured(results)
    return [
        f"below the floor: {name} is {now.get(name, 0.0):.4f}, the floor is {floor.floor:.4f}; python -m bench.diff shows what was lost"
        for name, floor in floors.items()
        if now.get(name, 0.0) < floor.floor
    ]


def raised(floors: dict[str, Floor], results: Results) -> dict[str, Floor]:
    """The floors, none lower than before; a floor that was lowered by hand stays until it is passed again."""
    now = measured(results)
    new = dict(floors)
    for name, value in now.items():
        old = floors.get(name)
        if old is None or value >= old.reached:
            new[name] = Floor(value, value)
        elif value > old.floor:
            new[name] = msgspec.structs.replace(old, floor=value)
    return new


def main() -> int:
    floors = load()
    new = raised(floors, msgspec.json.decode(RESULTS.read_bytes(), type=Results))
    for name, floor in new.items():
        before = floors.get(name)
        if before is None or before.floor < floor.floor:
            print(f"{name}: {before.floor if before else '–'} -> {floor.floor}")
    FLOORS.write_bytes(msgspec.json.format(msgspec.json.encode(new), indent=1) + b"\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
