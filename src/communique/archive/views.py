"""The views that `communique sql` may read: the documented face of an archive, the same on every database.

Dropped and created with each change of the schema, so that they always follow the tables. docs/archive.md describes
every column.
"""

_VERDICT = (
    "(SELECT j.verdict FROM store_judgements j WHERE j.key = f.key AND j.withdrawn IS NULL "
    "ORDER BY j.number DESC LIMIT 1)"
)
VIEWS = {
    "documents": (
        "SELECT id, url, title, publisher, publisher_state, publisher_kind, language, genre, extent, rights, published, "
        "day, current AS versions, added_at FROM store_documents"
    ),
    "texts": (
        "SELECT d.id AS document, v.ordinal, v.ordinal = d.current AS is_current, v.version, v.added_at, v.communique, "
        "v.rules, v.pack, v.world, v.read_at, v.text "
        "FROM store_versions v JOIN store_documents d ON d.number = v.document"
    ),
    "meetings": (
        "SELECT d.id AS document, k.meeting AS id, k.relation, k.kind, k.status, k.mode, k.date, k.day_from, k.day_to, "
        "k.place, k.country, k.series, k.ordinal, k.states, k.people, k.topics, k.numbers, k.who, k.inferred "
        "FROM store_keys k JOIN store_documents d ON d.number = k.document WHERE k.meeting IS NOT NULL"
    ),
    "facts": (
        "SELECT d.id AS document, f.id, f.key, f.type, f.meeting, f.relation, f.said_by, f.kind, f.status, f.date, "
        f'f.who, f.label, f.value, f.unit, f.words, f.start, f."end", f.inferred, f.rule, f.confidence, f.origin, '
        f"{_VERDICT} AS verdict FROM store_facts f JOIN store_documents d ON d.number = f.document"
    ),
    "terms": (
        "SELECT d.id AS document, k.meeting, t.kind, t.value FROM store_terms t JOIN store_keys k ON k.number = t.key "
        "JOIN store_documents d ON d.number = k.document"
    ),
    "judgements": (
        "SELECT j.number, d.id AS document, j.key, j.verdict, j.value, j.by, j.at, j.why, j.withdrawn "
        "FROM store_judgements j JOIN store_documents d ON d.number = j.document"
    ),
    "audits": (
        "SELECT c.audit, a.at, d.id AS document, c.key, c.field, c.value, c.inferred, c.rule, c.rules, c.stratum, "
        "c.verdict, c.by, c.said_at FROM store_audit_claims c JOIN store_audits a ON a.number = c.audit "
        "JOIN store_documents d ON d.number = c.document"
    ),
    "reports": (
        "SELECT d.id AS document, n.node AS key, n.merged, n.family "
        "FROM store_nodes n JOIN store_documents d ON d.number = n.document WHERE n.node LIKE 'mtg-%'"
    ),
    "things": (
        "SELECT d.id AS document, n.node AS key, n.merged, f.type AS kind, f.label AS title, f.status, f.date, f.relation, f.words, "
        'f.start, f."end" FROM store_nodes n JOIN store_documents d ON d.number = n.document '
        "JOIN store_facts f ON f.key = n.node AND f.document = n.document WHERE n.node NOT LIKE 'mtg-%'"
    ),
    "pairs": (
        "SELECT p.number, p.one, p.other, p.verdict, p.in_force, p.score, p.by, p.at, p.why, p.withdrawn FROM store_pairs p"
    ),
}
