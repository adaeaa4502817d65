"""Whether a name of a list, in Latin letters, is the name of a person of the world, which is in Russian.

Names are compared by the classes of their consonants, since each list spells in its own way; where they agree by that alone, the
vowels must be alike, too. Rather no match than a father taken for his son: `bench.world_sources` builds sources on it.
"""

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from itertools import product

# Latin spellings, as in the lists, of names that sound differently in Russian or stand there shortened; each checked by hand.
SPELLINGS = {
    "am-oskanian": "Vartan Oskanian",
    "ao-lourenco": "João Lourenço|João Manuel Gonçalves Lourenço|João Manuel Gonsalves Lourenço",
    "ar-kirchner": "Fernandez de Kirchner|Cristina Fernandez de Kirchner",
    "au-wong": "Penelope Wong",
    "bd-hasina": "Hasina Wazed",
    "be-michel": "Charles Michel",
    "bt-wangchuck": "Jigme Khesar Namgyel Wangchuck",
    "cd-tshisekedi": "Felix-Antoine Tshisekedi Tshilombo",
    "cf-touadera": "Faustin Archange Touadera|Faustin-Archange Touadéra",
    "cg-sassou": "Sassou Nguesso",
    "ch-berset": "Alain Berset",
    "ch-burkhalter": "Didier Burkhalter",
    "cu-rodriguez": "Rodriguez Parrilla",
    "dk-rasmussen-lars": "Lokke Rasmussen",
    "es-rajoy": "Rajoy Brey|Mariano Rajoy Brey",
    "es-zapatero": "Rodriguez Zapatero|José Luis Rodríguez Zapatero",
    "fr-chirac": "Jacques Chirac",
    "fr-le-drian": "Jean Yves Le Drian",
    "gb-elizabeth": "Elizabeth II",
    "gb-may": "May|Theresa May",
    "ge-saakashvili": "Mikheil Saakashvili",
    "gh-akufo": "Akufo-Addo",
    "gq-obiang": "Obiang Nguema Mbasogo",
    "id-yudhoyono": "Bambang Yudhoyono",
    "il-herzog": "Isaac Herzog",
    "il-netanyahu": "Benjamin Netanyahu",
    "in-kovind": "Ram Nath Kovind",
    "iq-kadhimi": "Al-Kadhimi",
    "jp-koizumi": "Junichiro Koizumi",
    "ke-ruto": "William Samoei Ruto",
    "kh-hun-sen": "Samdech Hun Sen|Samdech Akka Moha Sena Padei Techo Hun Sen",
    "kp-kim-ji": "Kim Jong-Il",
    "kp-kim-ju": "Kim Jong Un",
    "kr-ban": "Ban Ki-moon",
    "kr-lee-mb": "Lee Myung-bak",
    "kr-park-gh": "Park Geun-hye",
    "kr-park-jin": "Park Jin",
    "kr-roh": "Roh Moo Hyun",
    "kr-yoon": "Yoon Suk-yeol",
    "kz-sklyar": "Sklyar Roman Vasilyevich",
    "lu-bettel": "Xavier Bettel",
    "ly-sarraj": "Faiez Mustafa Serraj|Fayez al-Sarraj",
    "md-gavrilita": "Natalia Gavrilița",
    "md-greceanii": "Greceanii",
    "md-strelet": "Strelet|Valeriu Strelet",
    "mn-battsetseg": "Batmunkh Battsetseg",
    "mn-battulga": "Battulga Khaltmaa",
    "mn-elbegdorj": "Elbegdorj Tsakhia",
    "mn-khurelsukh": "Ukhnaa Khurelsukh",
    "mn-oyun-erdene": "Oyunerdene Luvsannamsrai",
    "mr-ghazouani": "Ould Ghazouani",
    "mx-lopez": "Manuel Lopez Obrador|Lopez Obrador",
    "my-najib": "Dato Sri Mohd Najib bin Tun Haji Abdul Razak|Najib Tun Razak",
    "nato-rasmussen": "Fogh Rasmussen",
    "om-busaidi": "Sayyid Badr Albusaidi|Badr bin Hamad bin Hamood Albusaidi",
    "om-haitham": "Haitham ibn Tariq|Haitham bin Tarik Al Said",
    "ph-marcos": "Bongbong Marcos",
    "pk-bhutto": "Bilawal Bhutto Zardari",
    "pk-qureshi": "Makhdoom Shah Mahmood Hussain Qureshi|Makhdoom Shah Mehmood Qureshi",
    "qa-hamad": "Amad Al Thani",
    "sa-salman": "Salman|Salman bin Abdulaziz",
    "sd-burhan": "Abdelrahman Burhan",
    "tm-meredov": "Raşit Meredow",
    "vn-bui-thanh-son": "Bùi Thanh Sơn",
    "vn-nguyen-phu-trong": "Phu Trong|Nguyen Phu Trong",
    "vn-pham-minh-chinh": "Phạm Minh Chính",
    "ye-hadi": "Abdrabuh Mansour Hadi Mansour|Abdrabuh Mansour|Abdrabbuh Mansour Hadi",
    "za-ramaphosa": "Matamela Cyril Ramaphosa",
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
mr mrs ms dr sir his her highness excellency majesty serene holiness sheikh sheik don general cardinal archbishop imam
prince princess king queen emir emperor pope seyyed seyed sayyid jr bin ben ibn bint al el as the of and de da di da van
von der le la dos
бен бин ибн аль ас эль аш ад ал де да ди фон дер король королева император султан папа князь второй
""".split()
)


def fold_latin(text: str) -> str:
    """Small letters without marks; those that a mark makes another sound are spelled out.

    >>> fold_latin("Čaputová, Đukanović")
    'chaputova, djukanovic'
    """
    spelled = unicodedata.normalize("NFC", text).lower().translate(LETTERS)
    return "".join(c for c in unicodedata.normalize("NFKD", spelled) if not unicodedata.combining(c) or c == "\u0306")


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
