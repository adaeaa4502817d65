"""The words that prove a field are needed: without them it vanishes or changes. Long run: `bench.honesty`."""

from bench.honesty import FLOOR, run, sample_pages


def test_fields_vanish_without_their_evidence():
    tally = run(sample_pages(4, 4))
    kept = [f"{c.page}: {c.statement.kind}.{c.field} without {c.quote!r}" for c in tally.chosen() if not c.honest]
    assert len(tally.chosen()) > 100
    assert tally.share_of_fields() >= FLOOR, "\n".join(kept[:20])
    # A text says many things twice; a proof that is neither needed nor sufficient alone leans on another (a name, a title).
    assert tally.share() >= 0.80, "\n".join(kept[:20])
