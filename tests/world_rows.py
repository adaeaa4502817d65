"""The columns that the tests' tables of the world have: an overlay need not have them all."""

HEADINGS = {
    "states": ("code", "name_ru", "official_ru", "adjective_ru", "demonym_ru", "aliases_ru", "metonyms_ru", "capital"),
    "capitals": ("state", "city", "name_ru", "start", "end"),
    "places": ("name_ru", "country", "kind", "aliases_ru", "of"),
    "organisations": ("id", "kind", "abbreviation_ru", "name_ru", "aliases_ru", "parent"),
    "memberships": ("organisation", "state", "start", "end", "standing"),
    "people": ("id", "name_ru", "variants_ru", "gender"),
    "offices": ("code", "of", "names_ru"),
    "tenures": ("person", "office", "of", "start", "end", "standing", "source"),
    "publishers": ("site", "name_ru", "state", "kind", "aliases_ru"),
}
