"""Small PDFs made by hand: text in a font that is not embedded and says its letters by a ToUnicode map.

Every letter is half the size wide, so a test can say where a line ends.
"""

import hashlib
import zlib
from collections.abc import Sequence

_PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
_FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/Made/Encoding/Identity-H/ToUnicode 5 0 R/DescendantFonts[<</Type/Font"
    b"/Subtype/CIDFontType2/BaseFont/Made/DW 500/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    b"/FontDescriptor<</Type/FontDescriptor/FontName/Made/Flags 4/FontBBox[0 -200 500 800]/Ascent 800/Descent -200>>>>]>>"
)
_LETTERS = b"begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange 2 beginbfrange <0000> <00FF> <0000> <0100> <FFFF> <0100> endbfrange endcmap"
_NO_LETTERS = b"begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange endcmap"
Words = tuple[float, float, str]  # x, y, text


def stream(data: bytes, head: bytes = b"/Filter/FlateDecode") -> bytes:
    packed = zlib.compress(data) if head == b"/Filter/FlateDecode" else data
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (head, len(packed), packed)


def drawn(words: Sequence[Words], size: float = 12) -> bytes:
    """The content of a page: each text at its place, in one font."""
    return b" ".join(
        b"BT /F1 %g Tf %g %g Td <%s> Tj ET" % (size, x, y, text.encode("utf-16-be").hex().encode())
        for x, y, text in words
    )


def lines(*texts: str, x: float = 72, top: float = 780, step: float = 15) -> list[Words]:
    """Lines from the top down; an empty one is a gap, leading blanks are an indent."""
    placed = [(x + 6 * (len(text) - len(text.lstrip())), top - step * n, text.strip()) for n, text in enumerate(texts)]
    return [words for words in placed if words[2]]


def made_pdf(
    pages: Sequence[bytes],
    info: dict[str, str] | None = None,
    *,
    letters: bool = True,
    image: bool = False,
    objects: dict[int, bytes] | None = None,
    trailer: bytes = b"",
    key: bytes = b"",
) -> bytes:
    """A PDF of these page contents; with `key` its streams are encrypted."""
    numbers = range(10, 10 + 2 * len(pages), 2)
    kids = b" ".join(b"%d 0 R" % n for n in numbers)
    things = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), kids),
        3: b"<<%s>>" % b"".join(b"/%s %s" % (k.encode(), _string(v)) for k, v in (info or {}).items()),
        4: _FONT,
        5: stream(_LETTERS if letters else _NO_LETTERS, b""),
        6: stream(b"\0", b"/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray"),
    }
    for number, content in zip(numbers, pages, strict=True):
        things[number] = (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F1 4 0 R>>"
            b"/XObject<</Im1 6 0 R/Fm1 7 0 R>>>>>>" % (number + 1)
        )
        things[number + 1] = stream(content + (b" q 500 0 0 700 40 40 cm /Im1 Do Q" if image else b""))
    return _written(things | (objects or {}), trailer, key)


def _string(words: str) -> bytes:
    return b"<FEFF" + words.encode("utf-16-be").hex().encode() + b">"


def _written(things: dict[int, bytes], trailer: bytes, key: bytes) -> bytes:
    out, places = bytearray(b"%PDF-1.6\n"), {}
    for number, thing in sorted(things.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, _encrypted(thing, number, key) if key else thing)
    start = len(out)
    for number, place in places.items():
        out += b"%s%d 1\n%010d 00000 n \n" % (
            b"" if out[-5:] != b"xref\n" and number != min(places) else b"xref\n",
            number,
            place,
        )
    out += b"trailer\n<</Size %d/Root 1 0 R/Info 3 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        max(things) + 1,
        trailer,
        start,
    )
    return bytes(out)


def locked_trailer(right: bool = True) -> tuple[bytes, bytes]:
    """The trailer of a file that anyone may open (or nobody: a wrong check of the password), and its key."""
    owner, rights, name = b"o" * 32, -64, b"i" * 16
    key = hashlib.md5(_PAD + owner + rights.to_bytes(4, "little", signed=True) + name).digest()[:5]
    user = rc4(key, _PAD) if right else b"w" * 32
    encrypt = b"/ID[<%s><%s>]/Encrypt<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P %d>>" % (
        name.hex().encode(), name.hex().encode(), owner.hex().encode(), user.hex().encode(), rights,
    )  # fmt: skip
    return encrypt, key


def _encrypted(thing: bytes, number: int, key: bytes) -> bytes:
    head, mark, rest = thing.partition(b"stream\n")
    if not mark:
        return thing
    own = hashlib.md5(key + number.to_bytes(3, "little") + b"\0\0").digest()[:10]
    return head + mark + rc4(own, rest.removesuffix(b"\nendstream")) + b"\nendstream"


def rc4(key: bytes, data: bytes) -> bytes:
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)
