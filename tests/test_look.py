"""The look keeps its own rules: one style sheet by layers, nothing inline, words and drawings as designed."""

import gzip
import re
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django.test import override_settings
from django.utils import translation

from staff_portal import drawing

ROOT = Path(__file__).resolve().parent.parent
CSS = (ROOT / "static/css/portal.css").read_text()
SCRIPT = (ROOT / "static/js/portal.js").read_text()
# Letters and printed documents are not pages: mail readers and paper have rules of their own.
PAGES = sorted(
    path
    for path in (ROOT / "templates").rglob("*.html")
    if not {"mail", "documents"} & set(path.relative_to(ROOT).parts)
)
NBSP = "\u00a0"


def rules() -> str:
    """Return the style sheet without comments and strings."""
    return re.sub(r"/\*.*?\*/|\"[^\"]*\"", "", CSS, flags=re.DOTALL)


def render(source: str, language: str = "kk", **context: Any) -> str:
    with translation.override(language):
        return Template(source).render(Context(context))


# The style sheet


def test_the_style_sheet_is_small() -> None:
    assert len(CSS.encode()) <= 60 * 1024
    assert len(gzip.compress(CSS.encode(), 9)) <= 12 * 1024


def test_layers_stand_in_one_order() -> None:
    order = ["reset", "tokens", "base", "layout", "parts", "print"]
    assert re.search(r"@layer ([^{;]+);", rules())[1].split(", ") == order  # type: ignore[index]
    assert re.findall(r"@layer (\w+) \{", rules()) == order


def test_nothing_is_forced_and_no_id_carries_style() -> None:
    assert "!important" not in rules()
    selectors = re.findall(r"([^{};]+)\{", rules())
    assert [selector for selector in selectors if "#" in selector] == []


def test_every_token_used_is_defined() -> None:
    defined = set(re.findall(r"(--[\w-]+):", rules()))
    assert set(re.findall(r"var\((--[\w-]+)\)", rules())) - defined == set()


def test_text_is_never_smaller_than_sixteen_pixels_on_a_screen() -> None:
    screen = rules().partition("@layer print {\n")[0]
    sizes = [float(size) for size in re.findall(r"font(?:-size)?:[^;]*?([\d.]+)rem", screen)]
    assert min(sizes) >= 1


# The templates and the script


@pytest.mark.parametrize("template", PAGES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_a_page_has_nothing_inline_and_nothing_foreign(template: Path) -> None:
    html = re.sub(r"\{%.*?%\}", "", template.read_text())
    assert re.findall(r"\sstyle=|<style|\son\w+=|hx-on|javascript:", html) == []
    assert [tag for tag in re.findall(r"<script[^>]*>", html) if "src=" not in tag] == []
    assert re.findall(r"(?:src|href|action)=\"(?:https?:)?//\w", html) == []


@pytest.mark.parametrize("template", PAGES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_a_page_uses_only_classes_of_the_style_sheet(template: Path) -> None:
    defined = set(re.findall(r"\.([a-z][\w-]*)", rules()))
    plain = re.sub(r"\{%.*?%\}", " ", re.sub(r"[\w-]*\{\{.*?\}\}", "", template.read_text()))
    used = {name for value in re.findall(r"\sclass=\"([^\"]*)\"", plain) for name in value.split()}
    assert used - defined == set()


def test_the_script_stays_small_and_keeps_nothing() -> None:
    assert len(SCRIPT.splitlines()) < 150
    assert re.findall(r"\beval\(|innerHTML\s*=|localStorage|sessionStorage|document\.cookie", SCRIPT) == []


def test_htmx_is_strict() -> None:
    expected = (
        '{"includeIndicatorStyles":false,"allowEval":false,"allowScriptTags":false,'
        '"historyCacheSize":0,"selfRequestsOnly":true}'
    )
    assert f"<meta name=\"htmx-config\" content='{expected}'>" in (ROOT / "templates/base.html").read_text()


# Words


@pytest.mark.parametrize(
    ("source", "language", "text"),
    [
        ("{{ value|day }}", "kk", f"17{NBSP}желтоқсан, бейсенбі"),
        ("{{ value|day }}", "ru", f"17{NBSP}декабря, четверг"),
        ("{{ value|long_day }}", "kk", f"2026{NBSP}жылғы 17{NBSP}желтоқсан"),
        ("{{ value|long_day }}", "ru", f"17{NBSP}декабря 2026{NBSP}года"),
    ],
    ids=["day-kk", "day-ru", "long-kk", "long-ru"],
)
def test_a_day_is_written_as_people_write_it(source: str, language: str, text: str) -> None:
    assert render(source, language, value=date(2026, 12, 17)) == text


def test_a_moment_is_shown_in_the_time_of_the_district() -> None:
    moment = datetime(2026, 12, 16, 20, 30, tzinfo=UTC)
    assert render("{{ m|clock }} {{ m|day }}", "ru", m=moment) == f"01:30 17{NBSP}декабря, четверг"


@pytest.mark.parametrize("source", ["{{ value|day }}", "{{ value|long_day }}", "{{ value|clock }}"])
def test_no_date_is_no_text(source: str) -> None:
    assert render(source, value=None) == ""


@pytest.mark.parametrize(
    ("on", "text"),
    [
        (date(2026, 12, 14), "today"),
        (date(2026, 12, 15), "tomorrow"),
        (date(2026, 12, 13), "yesterday"),
        (date(2026, 12, 17), "in 3 days"),
        (date(2026, 12, 12), "2 days ago"),
    ],
)
def test_distance_of_a_day_in_words(on: date, text: str) -> None:
    today = datetime(2026, 12, 13, 21, 0, tzinfo=UTC)  # already 14 December in Qostanay
    assert render("{{ on|day_from_now:today }}", "en", on=on, today=today) == text


@pytest.mark.parametrize(("today", "late"), [(date(2026, 12, 12), 0), (date(2026, 12, 14), 2)])
def test_days_late_begin_after_the_term(today: date, late: int) -> None:
    assert render("{{ due|days_late:today }}", due=date(2026, 12, 12), today=today) == str(late)


@pytest.mark.parametrize(
    ("size", "text"), [(1, "1 KB"), (340 * 1024, "340 KB"), (2_516_582, "2.4 MB"), (None, "")]
)
def test_size_of_a_file(size: int | None, text: str) -> None:
    assert render("{{ size|bytes }}", "en", size=size).replace(NBSP, " ") == text


def test_digest_and_phone() -> None:
    assert render("{{ d|hash_groups }}", d="50d858e0985e") == "50d8 58e0 985e"
    assert render("{{ p|tel }}", p="+7 (00000) 0-00-00") == "+70000000000"


def test_a_text_in_the_language_of_the_page() -> None:
    item = SimpleNamespace(title_kk="Есеп <1>", title_ru="Отчёт")
    assert render('{% local item "title" %}', "kk", item=item) == "Есеп &lt;1&gt;"
    assert render('{{ item|local:"title" }}', "ru", item=item) == "Отчёт"


@pytest.mark.parametrize(
    ("language", "kk", "ru", "lang", "shown"),
    [("kk", "", "Отчёт", "ru", "Отчёт"), ("ru", "Есеп", "", "kk", "Есеп")],
)
def test_a_text_only_in_the_other_language_says_so(
    language: str, kk: str, ru: str, lang: str, shown: str
) -> None:
    html = render('{% local item "title" %}', language, item=SimpleNamespace(title_kk=kk, title_ru=ru))
    assert html.startswith(f'<span lang="{lang}">{shown}</span> <small class="only">')


# Drawings


def test_seats_of_the_quorum() -> None:
    boxes = drawing.seats(15, 9, 2)
    assert [box.kind for box in boxes] == ["is-here"] * 9 + ["is-video"] * 2 + [""] * 4
    assert (boxes[0].x, boxes[1].x, boxes[0].width) == ("0.00%", "6.75%", "5.55%")
    assert boxes[-1].x == "94.45%"


@pytest.mark.parametrize(
    ("total", "needed", "x", "anchor"),
    [
        (15, 10, "66.87%", "middle"),
        (7, 7, "100.00%", "end"),
        (1, 1, "100.00%", "end"),
        (40, 2, "4.66%", "start"),
    ],
)
def test_the_needed_line_stands_after_the_needed_seat(total: int, needed: int, x: str, anchor: str) -> None:
    assert drawing.needed_line(total, needed) == drawing.Line(x, anchor)


@pytest.mark.parametrize("total", [1, 2, 15, 40, 120])
def test_seats_fill_the_row_exactly(total: int) -> None:
    last = drawing.seats(total, 0, 0)[-1]
    assert float(last.x[:-1]) + float(last.width[:-1]) == pytest.approx(100, abs=0.02)


def test_the_quorum_meter_says_its_numbers_in_words() -> None:
    source = "{% seats total=15 needed=10 room=8 video=1 %}"
    html = render(source, "en")
    assert "No quorum: 9 of 15" in html
    assert "1 more member is needed" in html
    assert 'aria-label="Present 9 of 15: in the room 8, by video 1; the quorum is 10"' in html


def test_segments_by_state_and_by_count() -> None:
    steps = [SimpleNamespace(state=state) for state in ("done", "late", "open")]
    kinds = r'class="segment(?: ([\w-]+))?"'
    assert re.findall(kinds, render("{% segments_of s %}", s=steps)) == ["is-filled", "is-faint", ""]
    assert re.findall(kinds, render("{% segments 1 2 %}")) == ["is-filled", ""]


@override_settings(ROOT_URLCONF="tests.look_addresses")
def test_a_clause_leads_to_its_place_in_the_regulation() -> None:
    expected = '<a class="clause" href="/help/rules/#clause-13">{}</a>'
    assert render('{% clause "13" %}', "kk") == expected.format("13-тармақ")
    assert render('{% clause "13" %}', "ru") == expected.format(f"пункт{NBSP}13")


# Forms


class Draft(forms.Form):
    day = forms.DateField(label="Day", help_text="Not a Wednesday")
    place = forms.CharField(label="Place", required=False, widget=forms.TextInput({"placeholder": "Where"}))
    vote = forms.ChoiceField(
        label="Vote", choices=[("for", "For"), ("against", "Against")], widget=forms.RadioSelect
    )
    open = forms.BooleanField(label="Open", required=False)

    def clean(self) -> None:
        self.add_error(None, "Not on a day off")


def test_a_field_is_label_hint_error_control_in_this_order() -> None:
    html = str(Draft({})["day"].as_field_group())
    places = [html.index(part) for part in ("<label", "id_day_helptext", 'id="id_day_error"', "<input")]
    assert places == sorted(places)
    assert 'aria-describedby="id_day_helptext id_day_error"' in html
    assert 'aria-invalid="true"' in html
    assert "is-wrong" in html


def test_optional_is_said_and_a_placeholder_is_not() -> None:
    html = str(Draft()["place"].as_field_group())
    assert 'class="field-optional"' in html
    assert "placeholder" not in html


def test_choices_are_a_group_with_its_question() -> None:
    html = str(Draft()["vote"].as_field_group())
    assert re.findall(r"<legend>(\w+)", html) == ["Vote"]
    assert html.count('<label class="check" for=') == 2


def test_large_choices_name_each_option_once() -> None:
    html = render('{% include "parts/_choices.html" with field=form.vote only %}', form=Draft())
    assert html.count("Against") == 1


def test_the_summary_says_the_same_and_leads_to_the_control() -> None:
    html = render("{% problems form %}", "en", form=Draft({}))
    assert re.findall(r'<a href="#(\w+)">([^<]+)</a>', html) == [
        ("id_day", "Day: This field is required."),
        ("id_vote_0", "Vote: This field is required."),
    ]
    assert "<li>Not on a day off</li>" in html


def test_without_problems_there_is_no_summary() -> None:
    assert render("{% problems form %}", form=Draft()).strip() == ""
