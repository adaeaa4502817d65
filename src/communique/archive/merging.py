"""Reported meetings and things into merged ones, a release at a time: nodes, the pairs they make, and what came of them.

In: a connection and the keys of a document. Always: only narrow keys are read, never records; what a new node changes is
its own neighbourhood; what is merged bears the key of the node that came first.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Literal, NamedTuple, get_args

import msgspec
from sqlalchemy import Connection, and_, delete, desc, func, insert, or_, select, update

from communique.archive import schema as s
from communique.archive.judgements import now
from communique.archive.lookup import find_one
from communique.errors import ArchiveError
from communique.matching.decide import FirmWords, closure, families, first_added
from communique.matching.keys import MeetingKey
from communique.matching.merge import decide
from communique.matching.nodes import Differences, Key, blocks, likeness, nodes_of, score_nodes
from communique.matching.score import RULES
from communique.matching.things import PERSON, ThingKey
from communique.record.identity import PREFIX

Said = Literal["same", "part", "different", "unsure"]
_PACK = msgspec.msgpack.Encoder()
_MEETINGS, _THINGS = msgspec.msgpack.Decoder(MeetingKey), msgspec.msgpack.Decoder(ThingKey)
# What a node is of is said by the beginning of its name, as in the keys of facts.
KINDS = {fact.lower(): PREFIX[fact] for fact in ("Meeting", "Agreement", "Project", "Commitment")} | {"person": PERSON}
_MANY = 500  # values in one IN (...)
REPRINTED = 20.0  # the score of two nodes that say the same to the letter
MOST, MOST_THINGS = 40, 12  # nodes to which a new one is held: those with which it shares most
_ACCOUNTS = {True: 40, False: 400}  # accounts of one meeting, and wordings of one thing, that are all looked at


def is_meeting(node: str) -> bool:
    """Whether a node is a meeting's; the others are things."""
    return node.startswith(f"{KINDS['meeting']}-")


def unpack_key(row: s.AnyRow) -> Key:
    """What merging compares of a node."""
    return (_MEETINGS if is_meeting(row.node) else _THINGS).decode(row.key)


def unpack_meeting(row: s.AnyRow) -> MeetingKey:
    return _MEETINGS.decode(row.key)


def unpack_thing(row: s.AnyRow) -> ThingKey:
    return _THINGS.decode(row.key)


def write_nodes(connection: Connection, document: int, keys: Sequence[Key], *, anew: bool = False) -> None:
    """The nodes of a document as it is read now; those that it does not report any more go, and what they joined comes apart.

    What has not changed is left alone, but where all is merged `anew` by other rules.
    """
    there = {r.node: r for r in connection.execute(select(s.nodes).where(s.nodes.c.document == document))}
    packed = {key.node: _PACK.encode(key) for key in keys}
    gone = [node for node in there if node not in packed]
    changed = [key for key in keys if anew or key.node not in there or there[key.node].key != packed[key.node]]
    if not gone and not changed:
        return
    rewritten = {key.node for key in changed}
    old = [node for node in there if node in gone or node in rewritten]
    beside = _neighbours(connection, old) - set(gone) if old else set()
    if old:
        _forget_pairs(connection, old)
        erase_nodes(connection, [there[node].number for node in gone])
    open_nodes = set(beside)
    for key in changed:
        new = _write_node(connection, document, key, packed[key.node], there.get(key.node))
        if not _pair_up(connection, new) or old or key.parent:
            open_nodes.add(key.node)
    if open_nodes:
        settle(connection, open_nodes)


class _New(NamedTuple):
    """A node just written: what the steps after it ask of the key, worked out once."""

    key: Key
    number: int
    document: int
    likeness: int
    looks: list[int]


def _write_node(connection: Connection, document: int, key: Key, packed: bytes, row: s.AnyRow | None) -> _New:
    alike = likeness(key)
    if row is None:
        values = {"node": key.node, "document": document, "key": packed, "likeness": alike}
        values |= {"merged": key.node, "family": key.node}
        number = s.insert_row(connection, s.nodes, values)
    else:
        number = int(row.number)
        connection.execute(delete(s.blocks).where(s.blocks.c.node == number))
        connection.execute(update(s.nodes).where(s.nodes.c.number == number).values(key=packed, likeness=alike))
    both, stands, looks = blocks(key)
    if rows := [{"block": block, "node": number} for block in sorted(both | stands)]:
        connection.execute(insert(s.blocks), rows)
    return _New(key, number, document, alike, sorted(both | looks))


def erase_nodes(connection: Connection, numbers: Sequence[int]) -> None:
    """Take nodes away with their blocks."""
    connection.execute(delete(s.blocks).where(s.blocks.c.node.in_(numbers)))
    connection.execute(delete(s.nodes).where(s.nodes.c.number.in_(numbers)))


def erase_document(connection: Connection, document: int) -> None:
    """Take away the nodes of a document with all that was said of them, and settle what they leave."""
    rows = connection.execute(select(s.nodes.c.number, s.nodes.c.node).where(s.nodes.c.document == document)).all()
    names = [row.node for row in rows]
    beside = _neighbours(connection, names) - set(names)
    for column in (s.pairs.c.one, s.pairs.c.other):
        connection.execute(delete(s.pairs).where(column.in_(names)))
    erase_nodes(connection, [row.number for row in rows])
    settle(connection, beside)


def _forget_pairs(connection: Connection, names: Sequence[str]) -> None:
    """What the rules said of nodes that changed; what people said stays."""
    for column in (s.pairs.c.one, s.pairs.c.other):
        connection.execute(delete(s.pairs).where(column.in_(names), s.pairs.c.score.is_not(None)))


def _pair_up(connection: Connection, new: _New) -> bool:
    """A row for every node that the new one may be, or be a part of one occasion with; whether that settles it.

    It does where the node is alone, or is the same as nodes of one merged meeting or thing and stands against none of them. Of
    things nothing hangs on a pair that is unsure; of meetings it may tell that a page does not say which of its meetings is meant.
    """
    key = new.key
    if isinstance(key, MeetingKey) and _is_reprint(connection, new):
        return True
    met: list[tuple[dict[str, Any], str]] = []
    for other in _candidates(connection, new):
        score = score_nodes(key, unpack_key(other))
        if score.verdict != "different":
            one, two = sorted((key.node, other.node))
            row = {"one": one, "other": two, "verdict": score.verdict, "in_force": score.verdict, "score": score.total}
            met.append((row | {"by": RULES, "at": now(), "why": score.why}, other.merged))
    deciding = [(row, merged) for row, merged in met if isinstance(key, MeetingKey) or row["verdict"] == "same"]
    merged = {name for _, name in deciding}
    plain = len(merged) == 1 and all(row["verdict"] == "same" for row, _ in deciding)
    joined = plain and _join(connection, new, min(merged))
    for row, name in met:
        if joined and name in merged:
            row["in_force"] = "same"
    if met:
        connection.execute(insert(s.pairs), [row for row, _ in met])
    return joined or not deciding


def _is_reprint(connection: Connection, new: _New) -> bool:
    """A node that says what another says, to the letter, goes where that is: there is nothing more to compare."""
    n = s.nodes.c
    twins = select(s.nodes).where(n.likeness == new.likeness, n.number != new.number, n.node != new.key.node)
    twin = connection.execute(twins.order_by(n.number).limit(1)).first()
    if twin is None or _has_page(connection, twin.merged, new):
        return False
    one, two = sorted((new.key.node, twin.node))
    row = {
        "one": one,
        "other": two,
        "verdict": "same",
        "in_force": "same",
        "score": REPRINTED,
        "by": RULES,
        "at": now(),
    }
    connection.execute(insert(s.pairs), [row | {"why": "words: one account, to the letter"}])
    connection.execute(update(s.nodes).where(n.number == new.number).values(merged=twin.merged, family=twin.family))
    return True


def _has_page(connection: Connection, merged: str, new: _New) -> bool:
    """Whether a merged meeting has another report of the new node's document: one page's meetings are different."""
    n = s.nodes.c
    there = select(n.number).where(n.merged == merged, n.document == new.document, n.number != new.number)
    return connection.execute(there.limit(1)).first() is not None


def _candidates(connection: Connection, new: _New) -> list[s.AnyRow]:
    """The nodes that stand where this one looks, those that share most first, and no more of them than say anything."""
    b = s.blocks.c
    met = select(b.node, func.count().label("shared")).where(b.block.in_(new.looks), b.node != new.number)
    met = met.group_by(b.node)
    most = MOST if isinstance(new.key, MeetingKey) else MOST_THINGS
    near = met.order_by(desc("shared"), b.node).limit(most).subquery()
    return list(connection.execute(select(s.nodes).join(near, near.c.node == s.nodes.c.number)))


def _join(connection: Connection, new: _New, merged: str) -> bool:
    """Put a node to those that are one, none of which (one of each account) it contradicts."""
    n, key = s.nodes.c, new.key
    most = _ACCOUNTS[isinstance(key, MeetingKey)]
    accounts = select(func.min(n.number)).where(n.merged == merged).group_by(n.likeness).limit(most + 1)
    members = connection.execute(select(s.nodes).where(n.number.in_(accounts))).all()
    if len(members) > most or (isinstance(key, MeetingKey) and _has_page(connection, merged, new)):
        return False
    keys = {row.node: unpack_key(row) for row in members} | {key.node: key}
    different = Differences(keys, nodes_of(keys.values()))
    if any(different(key.node, row.node) for row in members):
        return False
    values = {"merged": merged, "family": members[0].family}
    connection.execute(update(s.nodes).where(s.nodes.c.number == new.number).values(**values))
    return True


def _neighbours(connection: Connection, names: Iterable[str]) -> set[str]:
    """The nodes that some pair ties to these, but for those that are held to be different; things hang together by `same` alone."""
    wanted, found = list(names), set()
    p = s.pairs.c
    of_meetings = and_(p.verdict != "different", p.one.startswith(f"{KINDS['meeting']}-", autoescape=True))
    ties = or_(of_meetings, p.verdict == "same")
    for begin in range(0, len(wanted), _MANY):
        few = wanted[begin : begin + _MANY]
        for mine, theirs in ((p.one, p.other), (p.other, p.one)):
            rows = select(theirs).where(mine.in_(few), p.withdrawn.is_(None), ties)
            found |= set(connection.scalars(rows))
    return found


def settle(connection: Connection, start: Iterable[str]) -> None:
    """The partition of all that these nodes can be joined with, from nothing: the order in which they came has no say."""
    names = closure(start, lambda nodes: _neighbours(connection, nodes))
    rows = _rows_of(connection, names)
    keys = {row.node: unpack_key(row) for row in rows}
    order = {row.node: int(row.number) for row in rows}
    if not keys:
        return
    said = _pairs_of(connection, keys)
    merged, family = _decide(keys, said, order)
    for row in rows:
        if (row.merged, row.family) != (merged[row.node], family[row.node]):
            values = {"merged": merged[row.node], "family": family[row.node]}
            connection.execute(update(s.nodes).where(s.nodes.c.number == row.number).values(**values))
    for pair in said:
        in_force = _in_force(pair, merged)
        if in_force != pair.in_force:
            connection.execute(update(s.pairs).where(s.pairs.c.number == pair.number).values(in_force=in_force))


def _decide(
    keys: dict[str, Key], said: Sequence[s.AnyRow], order: dict[str, int]
) -> tuple[dict[str, str], dict[str, str]]:
    """Each node's merged meeting and its family, by the nodes that came first."""
    firm = FirmWords({(p.one, p.other): p.verdict for p in said if p.score is None})
    links = {(p.one, p.other): (str(p.verdict), float(p.score)) for p in said if p.score is not None}
    joined, ties, _ = decide(keys, links, firm)
    founders = {name: first_added(members, order) for name, members in joined.members().items()}
    merged = {node: founders[name] for node, name in joined.component.items()}
    tied = families(set(merged.values()), ((merged[a], merged[b]) for a, b in ties))
    leaders = {c: first_added(members, order) for members in tied.values() for c in members}
    return merged, {node: leaders[name] for node, name in merged.items()}


def _in_force(pair: s.AnyRow, merged: dict[str, str]) -> str:
    """A machine's `same` that would have joined what is different is `unsure`, and an `unsure` that others joined is `same`."""
    joined = merged[pair.one] == merged[pair.other]
    if pair.score is None:
        return str(pair.verdict)
    if joined:
        return "same"
    return "unsure" if pair.verdict == "same" else str(pair.verdict)


def _rows_of(connection: Connection, names: Iterable[str]) -> list[s.AnyRow]:
    wanted = sorted(names)
    rows: list[s.AnyRow] = []
    for begin in range(0, len(wanted), _MANY):
        rows += connection.execute(select(s.nodes).where(s.nodes.c.node.in_(wanted[begin : begin + _MANY]))).all()
    return rows


def _pairs_of(connection: Connection, keys: dict[str, Key]) -> list[s.AnyRow]:
    """What is said, and not withdrawn, of two of these nodes; the later word of people goes before the earlier."""
    wanted = sorted(keys)
    rows: list[s.AnyRow] = []
    for begin in range(0, len(wanted), _MANY):
        few = wanted[begin : begin + _MANY]
        query = select(s.pairs).where(s.pairs.c.one.in_(few), s.pairs.c.withdrawn.is_(None)).order_by(s.pairs.c.number)
        rows += [row for row in connection.execute(query) if row.other in keys]
    return rows


# What people say -------------------------------------------------------------------------------------------------


def judge_pair(connection: Connection, one: str, other: str, verdict: Said, by: str, why: str | None) -> int:
    """Keep a person's word on two nodes, and settle what it changes; returns its number."""
    if verdict not in get_args(Said):
        raise ArchiveError(f"two meetings are {', '.join(get_args(Said))}, not {verdict!r}")
    if one == other:
        raise ArchiveError("these are one report; name two")
    if one[:3] != other[:3]:
        raise ArchiveError(f"{one} and {other} are not of one kind, and are compared with nothing of another")
    if verdict == "part" and not is_meeting(one):
        raise ArchiveError("only meetings are parts of one occasion; of things say same or different")
    first, second = sorted((one, other))
    mine = (s.pairs.c.one == first, s.pairs.c.other == second, s.pairs.c.score.is_(None), s.pairs.c.withdrawn.is_(None))
    connection.execute(update(s.pairs).where(*mine).values(withdrawn=now()))
    row = {"one": first, "other": second, "verdict": verdict, "in_force": verdict, "by": by, "at": now(), "why": why}
    number = s.insert_row(connection, s.pairs, row)
    settle(connection, {one, other})
    return number


def withdraw_pair(connection: Connection, number: int) -> None:
    """Take a person's word back: the row stays, with the time, and the meetings are as they were without it."""
    row = connection.execute(select(s.pairs).where(s.pairs.c.number == number)).first()
    if row is None or row.withdrawn or row.score is not None:
        raise ArchiveError(f"nobody's word in force has the number {number}; communique unsure --all lists them")
    connection.execute(update(s.pairs).where(s.pairs.c.number == number).values(withdrawn=now()))
    settle(connection, {row.one, row.other})


def find_node(connection: Connection, wanted: str) -> str:
    """The node that a key (of a meeting or a thing) or its beginning names, or the only meeting that a document reports."""
    rows = connection.scalars(
        select(s.nodes.c.node).where(s.nodes.c.node.startswith(wanted, autoescape=True)).limit(3)
    ).all()
    if len(rows) == 1 or wanted in rows:
        return wanted if wanted in rows else rows[0]
    if rows:
        raise ArchiveError(f"several keys begin with {wanted!r}; write more of it")
    document = find_one(connection, wanted)
    found = connection.execute(
        select(s.nodes).where(s.nodes.c.document == document.number).order_by(s.nodes.c.number)
    ).all()
    reported = [row.node for row in found if is_meeting(row.node) and unpack_key(row).relation == "reported"]
    if len(reported) != 1:
        count = f"{len(reported)} meetings: {', '.join(reported)}" if reported else "no meeting"
        raise ArchiveError(f"{document.id} reports {count}; name one by its key")
    return str(reported[0])
