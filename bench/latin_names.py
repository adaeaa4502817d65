"""Whether a name of a list, in Latin letters, is the name of a person of the world, which is in Russian.

Names are compared by the classes of their consonants, since each list spells in its own way; where they agree by that alone, the
vowels must be alike, too. Rather no match than a father taken for his son: `bench.world_sources` builds sources on it.
"""

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import product

# Spellings of the lists that neither the roster has nor the ear accepts: slips, titles, parts of a name; each checked by hand.
SPELLINGS = {
    "ae-nahyan": "An-Nahayan",
    "au-wong": "Penelope Wong",
    "bh-zayani": "Abdullatif bin Rashid Alzayani",
    "co-santos": "Santos Calderon",
    "do-fernandez": "Fernandez Reyna",
    "es-rajoy": "Rajoy Brey",
    "kw-sabah-saad": "Saad Salim at Sabah",
    "kz-sklyar": "Sklyar Roman Vasilyevich",
    "mk-spasovski": "Spasovksi",
    "mr-aziz": "Ould Abdel Aziz",
    "mr-ghazouani": "Ould Ghazouani",
    "my-najib": "Dato Sri Mohd Najib bin Tun Haji Abdul Razak",
    "pe-garcia": "Garcia Perez",
    "sa-abdullah": "Abdullah",
    "sa-salman": "Salman",
    "sm-riccardi": "Marrino Nicardi",
    "th-yingluck": "Yingluck",
    "tn-essebsi": "Essebi",
    "ye-saleh": "Saleh al-Hashidi",
}

# Letters to classes of consonants. A sibilant or affricate is S whatever its spelling; alternatives after a slash.
LATIN = {
    piece: read
    for piece, _, read in (
        pair.partition("=")
        for pair in """
shch=S tsch=S drz=S sch=S/SG tch=S dzh=S sz=S cz=S sh=S ch=S/K/G/T rz=S/RS zh=S dj=S dz=S ts=S/TS tz=S cs=S zs=S
ck=K ph=V kh=G/K gh=G th=T dh=D/S qu=KV/K/S ng=NG/N gn=GN/N x=KS/S q=K/S c=K/S j=S//G g=G/S/K h=G/ w=V/ v=V f=V s=S
z=S b=B d=D k=K l=L m=M n=N p=P r=R t=T
""".split()
    )
}
RUSSIAN = dict(zip("бвгджзклмнпрстфхцчшщ", "BVGDSSKLMNPRSTVGSSSS", strict=True))
PIECES = re.compile("|".join(sorted(LATIN, key=len, reverse=True)))
MARKED = "ł=l đ=dj ø=o ı=i ß=ss æ=ae ð=d þ=th ə=a ё=е š=sh č=ch ž=zh ş=sh ç=c ğ=g"
BARE = str.maketrans("łŁđĐøØıİəƏ", "lLdDoOiIaA")
LETTERS = str.maketrans(dict(pair.split("=") for pair in MARKED.split()))
ROMAN = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh sh  y  e yu ya".split(" "),
        strict=True,
    )
)
# Titles and particles: they come and go from list to list, and two people may share them.
TITLES = set(
    """
mr mrs ms dr sir his her highness excellency majesty serene holiness sheikh sheik shaikh don lyonchoen lyonpo general cardinal archbishop imam
prince princess king queen emir emperor pope seyyed seyed sayyid jr bin ben ibn bint al el as the of and de da di da van
von der le la dos
бен бин ибн аль ас эль аш ад ал де да ди фон дер король королева император султан папа князь второй
""".split()
)
PATRONYMIC = re.compile(r"(?i)\b(bin|ben|ibn|bint|ould)\b")


def fold_latin(text: str) -> str:
    """Small letters without marks; those that a mark makes another sound are spelled out.

    >>> fold_latin("Čaputová, Đukanović")
    'chaputova, djukanovic'
    """
    spelled = unicodedata.normalize("NFC", text).lower().translate(LETTERS)
    return "".join(c for c in unicodedata.normalize("NFKD", spelled) if not unicodedata.combining(c) or c == "\u0306")


@lru_cache(maxsize=65536)
def bare_words(name: str) -> list[str]:
    """As `words_of`, of a Latin name whose marks are left off: «Đukanović» is «dukanovic»."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return words_of(bare.translate(BARE))


@lru_cache(maxsize=65536)
def words_of(name: str) -> list[str]:
    """The words of a name that tell people apart: no titles, particles, initials, numbers.

    >>> words_of("His Highness Sheikh Tamim bin Hamad Al-Thani"), words_of("G.W. Bush"), words_of("Оюун-Эрдэнэ")
    (['tamim', 'hamad', 'thani'], ['bush'], ['оюун', 'эрдэнэ'])
    """
    text = re.sub(
        r"\b(al|el|as|аль|ас|эль|аш|абдель)-", r"\1 ", unicodedata.normalize("NFC", fold_latin(name)).replace("’", "'")
    )
    found = re.findall(r"[^\W\d_]+", re.sub(r"['`ʻ‘]", "", re.sub(r"\b\w\.", " ", text)))
    return [w for w in found if w not in TITLES and not re.fullmatch("[ivx]+|[a-z]", w)] or found[:1]


@lru_cache(maxsize=65536)
def sounds(word: str) -> frozenset[str]:
    """The consonants of a word as classes, in all readings of its spelling, of a Latin word the first ten.

    >>> sounds("жээнбеков") & sounds("jeenbekov") == sounds("жээнбеков") & sounds("zheenbekov") == {"SNBKV"}
    True
    """
    if re.search("[а-я]", word):
        read = ["".join(RUSSIAN.get(c, "") for c in re.sub("дж|дз|тц|тч", "ж", word))]
    else:
        pieces = [LATIN[piece].split("/") for piece in PIECES.findall(word)][:10]
        read = ["".join(choice) for choice in product(*pieces)]
    return frozenset(re.sub(r"(.)\1+", r"\1", key) for key in read)


def same_word(ours: str, theirs: str, *, alone: bool) -> bool:
    """Whether two words are one name: the same consonants, and where nothing else supports it (`alone`) like vowels too."""
    one, other = sounds(ours), sounds(theirs)
    same = bool(one & other) or any(_one_apart(a, b) for a in one for b in other)
    likeness = SequenceMatcher(None, roman(ours), roman(theirs)).ratio()
    return same and likeness >= (0.5 if alone else 0.25)


def same_latin(variants: Iterable[str], theirs: str) -> bool:
    """Whether a name in Latin letters is one of the variants, but for marks, titles and the order of words; no letter may differ.

    The longer may add words after the first, or ours stands whole inside theirs. A list may give the surname alone, which may have two
    words. But a part of a name that holds the father's is no name: the father has it, too.

    >>> same_latin(["Andrej Babiš"], "Babis, Andrej"), same_latin(["Luiz Inácio Lula da Silva"], "Luiz Lula da Silva")
    (True, True)
    >>> same_latin(["Ilham Aliyev"], "Heydar Aliyev"), same_latin(["Ilham Aliyev"], "Ilham Aliev")
    (False, False)
    >>> same_latin(["Aníbal Cavaco Silva"], "Cavaco Silva"), same_latin(["Mauricio Funes"], "Carlos Mauricio Funes Cartagena")
    (True, True)
    >>> same_latin(["Tamim bin Hamad Al Thani"], "Hamad Al Thani"), same_latin(["Salim Al Wadi"], "Fahd bin Salim Al Wadi")
    (False, False)
    """
    found = bare_words(theirs)
    return any(_same_letters(bare_words(variant), found, PATRONYMIC.search(variant + theirs)) for variant in variants)


def _same_letters(ours: list[str], theirs: list[str], patronymic: object) -> bool:
    if len(theirs) == 1 or len(ours) == 1:
        return ours[-1] == theirs[-1]
    inside = any(theirs[i : i + len(ours)] == ours for i in range(len(theirs)))
    if not patronymic and (ours[-len(theirs) :] == theirs or inside):
        return True
    short, long = sorted((ours, theirs), key=len)
    begins = ours[0] == theirs[0] or (ours[0], ours[-1]) == (theirs[-1], theirs[0]) or set(ours) == set(theirs)
    return begins and set(short) <= set(long)


def _one_apart(one: str, other: str) -> bool:
    """Keys of five consonants or more that differ by one added or left out."""
    short, long = sorted((one, other), key=len)
    return (
        len(short) >= 4
        and len(long) == len(short) + 1
        and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
    )


def roman(word: str) -> str:
    return "".join(ROMAN.get(c, c) for c in word.replace("дж", "j"))


def same_name(variants: Iterable[str], theirs: str) -> bool:
    """Whether a list's name is this person's: all words of the shorter name are in the longer, two at least.

    The first words of both agree, or the name is turned round. So the longer may add fathers and families, but not before the
    first: else a father is taken for his son. A list that gives one word gives the surname, and then the vowels are alike, too.

    >>> same_name(["Сооронбай Жээнбеков"], "Sooronbai Zheenbekov"), same_name(["Сооронбай Жээнбеков"], "Asylbek Jeenbekov")
    (True, False)
    >>> same_name(["Гейдар Алиев"], "Ilham Aliyev"), same_name(["Сергей Мартынов"], "Mr. Martynov")
    (False, True)
    >>> same_name(["Хамад бен Халифа Аль Тани"], "Sheikh Tamim bin Hamad bin Khalifa Al-Thani")
    False
    """
    found = words_of(theirs)
    return any(_same_words(words_of(variant), found) for variant in variants)


def _same_words(ours: list[str], theirs: list[str]) -> bool:
    if len(theirs) == 1:
        return same_word(ours[-1], theirs[0], alone=True)
    if len(ours) == 1:
        return same_word(ours[0], theirs[0], alone=True)
    if sounds("".join(ours)) & sounds("".join(theirs)) and same_word("".join(ours), "".join(theirs), alone=True):
        return True
    pairs = {(i, j) for i, a in enumerate(ours) for j, b in enumerate(theirs) if same_word(a, b, alone=False)}
    mine, others = ({pair[side] for pair in pairs} for side in (0, 1))
    if min(len(mine), len(others)) < min(len(ours), len(theirs)):
        return False
    turned = {(0, len(theirs) - 1), (len(ours) - 1, 0)}  # Хурэлсух Ухнаа, Кисида Фумио
    return (0, 0) in pairs or turned <= pairs
