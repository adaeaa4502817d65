"""What the README says of the world is what the tables hold, and the promised shares hold."""

from bench.world_counts import BEGIN, END, PARTNERS, POST_SOVIET, README, groups, load_tables, readme_lines, unverified

TABLES = load_tables()
GROUPS = dict(groups(TABLES))


def test_the_readme_says_what_the_tables_hold():
    text = README.read_text("utf-8")
    assert text[text.index(BEGIN) + len(BEGIN) : text.index(END)] == readme_lines(TABLES), (
        "python -m bench.world_counts --write"
    )


def test_four_in_five_tenures_of_the_first_states_and_their_partners_have_a_source():
    for name in ("post-Soviet states", "main partners"):
        rows = GROUPS[name]
        assert unverified(rows) <= len(rows) / 5, name


def test_every_tenure_is_in_one_group():
    assert sum(len(rows) for name, rows in GROUPS.items() if name != "all") == len(GROUPS["all"])
    assert not set(POST_SOVIET) & set(PARTNERS)


def test_the_scope_has_heads_and_foreign_ministers():
    """Every post-Soviet state and partner has a head of state or government and a foreign minister."""
    held = {(t["of"], t["office"]) for t in TABLES["tenures"]}
    for state in (*POST_SOVIET, *PARTNERS):
        assert any((state, office) in held for office in ("president", "monarch", "leader", "prime_minister")), state
        assert (state, "foreign_minister") in held or (state, "secretary_of_state") in held, state


def test_every_person_has_a_name_in_each_language():
    for column in ("name_ru", "name_en", "name_kk"):
        assert [r["id"] for r in TABLES["people"] if not r[column]] == []
