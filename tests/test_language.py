"""Languages by letters and function words; every text here is invented."""

import pytest

from communique.text.language import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Президент Веланды Иван Берег принял посла Лирии.", "ru"),
        ("Глава государства Қасым Сапарұлы провёл встречу с послом, после чего вручил ему награду.", "ru"),
        ("Обсуждалось дальнейшее продвижение многопланового партнёрства двух стран.", "ru"),
        ("Президент Тарлық Республикасының елшісін қабылдады және екіжақты ынтымақтастықты талқылады.", "kk"),
        ("The President of Velanda received the Prime Minister of Liria in Arda and thanked her for the visit.", "en"),
        ("Президент України провів зустріч із послом та обговорив питання безпеки.", "other"),
        ("Президентът на Веланда се срещна с министъра на външните работи на Лирия.", "other"),
        ("Der Präsident hat den Minister empfangen und dankte ihm für die Unterstützung bei den Gesprächen.", "other"),
        ("Глава государства принял Тимура Салана. The President met Timur Salan today in the city of Arda.", None),
        ("14 мая", None),
        ("", None),
        ("2022 – 15 %", None),
    ],
)
def test_detects(text: str, language: str | None) -> None:
    assert detect_language(text) == language
