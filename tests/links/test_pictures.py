"""Preview pictures: the same words give the same bytes, nothing is cut off, and what was drawn is remembered."""

import io
import os
import shutil
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from opmodel.links.drawing import PAPER, PreviewPicture, draw_png
from opmodel.links.fonts import PACKAGED, Fonts, Typeface
from opmodel.links.pictures import cached_png, picture_fonts
from opmodel.links.text_layout import in_drawn_order, is_right_to_left, joined, printable, wrapped_lines
from opmodel.rules.check import check
from sites import build, edit, good

FONTS = Fonts()
FACTS = (
    ("business", "Value owner", "Head of Finance"),
    ("it", "Safety owner", "Lead " * 20),
    ("shared", "Gates", "12"),
)


def picture(
    title: str = "Who decides?", text: str = "A named function.", facts: tuple[tuple[str, str, str], ...] = ()
) -> PreviewPicture:
    return PreviewPicture(kind="Question", title=title, text=text, facts=facts, site="Site", organisation="Acme")


def test_the_same_words_give_the_same_bytes() -> None:
    assert draw_png(picture(), FONTS) == draw_png(picture(), FONTS)
    assert draw_png(picture(), FONTS) != draw_png(picture(text="Another."), FONTS)


def test_all_pictures_share_their_colours_and_are_small() -> None:
    long = [
        draw_png(picture(f"A long title about {word} " * 4, f"{word} and more " * 30, FACTS), FONTS) for word in "ab"
    ]
    images = [Image.open(io.BytesIO(data)) for data in (*long, draw_png(picture(), FONTS))]
    assert len({tuple(image.getpalette() or ()) for image in images}) == 1
    assert max(map(len, long)) < 40_000


def test_fonts_come_with_packages_and_not_with_a_theme() -> None:
    files = [file for typeface in PACKAGED for file in typeface]
    assert all(file.is_file() for file in files)
    assert not any("themes" in file.parts for file in files)


def test_a_line_is_in_one_font_if_one_has_all_its_letters() -> None:
    letters = FONTS.at(30)
    lato, noto = letters.fonts
    assert letters.length("Łódź") == lato.length("Łódź")
    assert letters.length("őrzők") == noto.length("őrzők")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Short", ""),
        ("Long words " * 30, "Many more words " * 80),
        ("Donaudampfschifffahrtsgesellschaftskapitän" * 4, "x" * 500),
        ("漢字 🎉 \u202e", "🎉"),
        ("Żółć → Ελληνικά Привет", "≤ ≠ … “quoted”"),
        ("", ""),
    ],
)
def test_nothing_is_written_over_the_edge(title: str, text: str) -> None:
    with Image.open(io.BytesIO(draw_png(picture(title, text, FACTS), FONTS))) as image:
        drawn_on = image.convert("RGB")
    paper = tuple(int(PAPER[n : n + 2], 16) for n in (1, 3, 5))
    for box in ((0, 20, 80, 630), (1120, 20, 1200, 630), (0, 606, 1200, 630)):
        margin = drawn_on.crop(box)
        assert margin.getcolors() == [(margin.width * margin.height, paper)]


def test_a_letter_that_the_font_lacks_becomes_a_plainer_one_or_nothing() -> None:
    letters = FONTS.at(30)
    assert printable("Zürich → Ost 漢字 5㎏ 🎉", letters) == "Zürich to Ost 5kg"
    assert printable("a\tb\n c", letters) == "a b c"


def test_what_does_not_fit_ends_in_an_ellipsis() -> None:
    letters = FONTS.at(30)
    lines = wrapped_lines("one two three four five six seven", letters, 130, 2)
    assert len(lines) == 2
    assert lines[-1].endswith(" …")
    assert all(letters.length(line) <= 130 for line in lines)


def test_a_picture_is_drawn_once_and_again_when_it_was_forgotten(tmp_path: Path) -> None:
    first = cached_png(picture(), FONTS, tmp_path)
    (file,) = tmp_path.iterdir()
    file.write_bytes(b"\x89PNG kept")
    assert cached_png(picture(), FONTS, tmp_path) == b"\x89PNG kept"
    file.write_bytes(b"cut off")
    assert cached_png(picture(), FONTS, tmp_path) == first
    file.unlink()
    assert cached_png(picture(), FONTS, tmp_path) == first
    assert [each.suffix for each in tmp_path.iterdir()] == [".png"]


def test_a_folder_that_cannot_be_written_only_costs_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    assert cached_png(picture(), FONTS, tmp_path / "file" / "previews") == draw_png(picture(), FONTS)


@pytest.mark.slow
def test_one_setting_turns_pictures_off(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    edit(site, "mkdocs.yml", "  - opmodel\n", "  - opmodel:\n      previews: false\n")
    built = build(site)
    text = (built / "faq/who-decides/index.html").read_text()
    assert "og:image" not in text
    assert 'name="twitter:card" content="summary"' in text
    assert list(built.rglob("preview.png")) == []
    assert not os.path.lexists(site / ".cache")


JAPANESE, ARABIC = "請求", "فاتورة"


def test_a_font_of_the_system_is_used_for_letters_that_no_package_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "NotAFont.ttf").write_text("no font")
    shutil.copy(PACKAGED[1].regular, tmp_path / "Greek-Regular.ttf")
    monkeypatch.setattr("opmodel.links.system_fonts.font_folders", lambda: [tmp_path])
    monkeypatch.setattr("opmodel.links.pictures.PACKAGED", PACKAGED[:1])
    found = picture_fonts({"a/": picture("Ώρα"), "b/": picture(f"{JAPANESE} ok")}, None)
    assert [typeface.regular.name for typeface in found.system] == ["Greek-Regular.ttf"]
    assert "Greek-Regular.ttf" in found.notice
    assert found.missing == {"求": ("b/",), "請": ("b/",)}
    assert "求 (U+6C42), 請 (U+8ACB) for the preview pictures of b/;" in found.warning


def test_the_sites_own_font_comes_first_and_usual_letters_open_no_font(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("opmodel.links.fonts.has_letter", None)
    found = picture_fonts({"a/": picture("Zürich Łódź")}, PACKAGED[1].regular)
    assert found.fonts.typefaces == (Typeface(PACKAGED[1].regular, PACKAGED[1].regular), *PACKAGED)
    assert (found.notice, found.warning) == ("", "")


def test_arabic_is_joined_and_drawn_from_right_to_left() -> None:
    shaped = joined(ARABIC)
    assert shaped == "\ufed3\ufe8e\ufe97\ufeee\ufead\ufe93"
    assert is_right_to_left(f"2026 {ARABIC} SAP")
    assert not is_right_to_left(f"SAP {ARABIC}")
    assert in_drawn_order(shaped, right_to_left=True) == shaped[::-1]
    assert in_drawn_order("plain (text)", right_to_left=False) == "plain (text)"


def test_a_font_of_the_site_is_accepted_and_one_that_is_damaged_is_never_drawn_with(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    shutil.copy(PACKAGED[0].regular, site / "docs/acme.ttf")
    edit(site, "data/site.yml", "review_grace: P14D", "review_grace: P14D\nfont: docs/acme.ttf")
    assert not [problem for problem in check(site, date(2026, 11, 20)).problems if problem.rule == "picture-font"]
    damaged = tmp_path / "damaged.ttf"
    damaged.write_bytes(PACKAGED[0].regular.read_bytes()[:3000])
    with_damaged = Fonts((Typeface(damaged, damaged), *PACKAGED))
    assert with_damaged.at(30).length("Zürich") == FONTS.at(30).length("Zürich")
    assert len(draw_png(picture(), with_damaged)) > 1000
