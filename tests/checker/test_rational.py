"""Numbers: the grammar, refusals with reasons, one canonical spelling, decimals as each --numbers reads them."""

from fractions import Fraction
from math import gcd

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.rational import (
    DECIMAL_BITS,
    NUMBERS,
    NumberError,
    about,
    format_rational,
    parse_dataset_number,
    parse_rational,
)
from tests import naive
from tests.checker import kill_suite

INTEGERS = st.integers() | st.integers(-(2**4200), 2**4200)
RATIONALS = st.builds(Fraction, INTEGERS, INTEGERS.filter(bool))
PLAIN = st.from_regex(r"\A-?[0-9]{1,25}\.[0-9]{1,40}\Z", fullmatch=True)
TINY = st.builds(lambda zeros, digits: f"0.{'0' * zeros}{digits}", st.integers(300, 325), st.integers(1, 10**20))
SMALL = st.builds(lambda zeros, digits: f"0.{'0' * zeros}{digits}", st.integers(35, 46), st.integers(1, 10**12))


@pytest.mark.parametrize(
    ("text", "value"), kill_suite.RATIONALS, ids=lambda value: str(value)[:20] if isinstance(value, str) else ""
)
def test_every_spelling_of_the_grammar_is_read(text, value):
    q = parse_rational(text)
    assert type(q) is Fraction and (q.numerator, q.denominator) == value
    if len(text) < 4000:
        assert naive.number(text) == value


@pytest.mark.parametrize("text", kill_suite.NOT_RATIONAL, ids=ascii)
def test_everything_else_is_refused(text):
    with pytest.raises(NumberError, match="is not an exact number") as refusal:
        parse_rational(text)
    assert ascii(text) in str(refusal.value)


@pytest.mark.parametrize("text", kill_suite.ZERO_DENOMINATORS)
def test_a_zero_denominator_is_refused(text):
    with pytest.raises(NumberError, match="has a zero denominator"):
        parse_rational(text)


@pytest.mark.parametrize("numbers", NUMBERS)
@pytest.mark.parametrize(
    "text",
    [
        "nan",
        "-inf",
        "1e5",
        "1.5e1",
        "1.",
        ".5",
        "+1.5",
        "1_0.0",
        " 1.5",
        "1.5 ",
        "1.5/2",
        "1/2.5",
        "1.\u0665",
        "0x1.8",
        "",
        "1,5",
    ],
    ids=ascii,
)
def test_what_is_neither_a_number_nor_a_plain_decimal_is_refused(text, numbers):
    with pytest.raises(NumberError, match="is not an exact number"):
        parse_dataset_number(text, numbers)


@given(st.text(alphabet="0123456789-+/.xabef _e\n\u0661\uff11", max_size=8))
def test_no_other_text_is_a_number(text):
    digits, hexadecimal = "0123456789", "0123456789abcdef"
    parts = text.removeprefix("-").split("/")
    decimal = all(part and set(part) <= set(digits) for part in parts)
    hexed = all(part.startswith("0x") and part != "0x" and set(part[2:]) <= set(hexadecimal) for part in parts)
    if len(parts) <= 2 and (decimal or hexed) and (len(parts) == 1 or set(parts[1]) - set("0x")):
        q = parse_rational(text)
        assert (q.numerator, q.denominator) == naive.number(text)
    else:
        with pytest.raises(NumberError):
            parse_rational(text)


@given(RATIONALS)
def test_reading_undoes_writing(q):
    assert parse_rational(format_rational(q)) == q


@given(RATIONALS)
def test_the_canonical_spelling_is_in_lowest_terms(q):
    text = format_rational(q)
    numerator, _, denominator = text.partition("/")
    p, d = int(numerator, 0), int(denominator or "1", 0)
    assert (p, d) == (q.numerator, q.denominator) and d > 0 and gcd(p, d) == 1 and denominator not in ("1", "0x1")
    assert numerator not in ("-0", "-0x0") and not any(
        part.startswith("00") for part in text.removeprefix("-").split("/")
    )


@given(RATIONALS)
def test_the_canonical_spelling_is_decimal_up_to_2048_bits_and_hexadecimal_beyond(q):
    long = max(q.numerator.bit_length(), q.denominator.bit_length()) > 2048 == DECIMAL_BITS
    assert [part.lstrip("-").startswith("0x") for part in format_rational(q).split("/")] == [long] * (
        1 + (q.denominator != 1)
    )


@given(st.integers(-50, 50), st.integers(1, 50), st.integers(1, 50))
def test_one_value_has_one_spelling(p, d, factor):
    text = format_rational(Fraction(p, d))
    for other in (f"{p * factor}/{d * factor}", f"{hex(p * factor)}/{hex(d * factor)}"):
        assert format_rational(parse_rational(other)) == text


@given(PLAIN)
def test_decimal_reads_the_digits_as_they_stand(text):
    whole, part = text.split(".")
    assert parse_dataset_number(text, "decimal") == Fraction(int(whole + part), 10 ** len(part))


@given(PLAIN | TINY)
def test_float64_reads_what_python_reads(text):
    assert parse_dataset_number(text, "float64") == Fraction(float(text))


@given(PLAIN | SMALL)
def test_float32_is_the_nearest_single(text):
    exact, found = Fraction(text), parse_dataset_number(text, "float32")
    near = numpy.float32(float(text))
    around = [numpy.nextafter(near, numpy.float32(-numpy.inf)), near, numpy.nextafter(near, numpy.float32(numpy.inf))]
    distances = [abs(Fraction(float(v)) - exact) for v in around]
    nearest = [v for v, d in zip(around, distances, strict=True) if d == min(distances)]
    even = [v for v in nearest if v.view(numpy.uint32) % 2 == 0]
    assert found == Fraction(float(nearest[0] if len(nearest) == 1 else even[0]))


@pytest.mark.parametrize(("text", "decimal", "float64", "float32"), kill_suite.DECIMALS)
def test_only_spellings_with_a_point_depend_on_numbers(text, decimal, float64, float32):
    found = [parse_dataset_number(text, numbers) for numbers in ("decimal", "float64", "float32")]
    assert found == [Fraction(decimal), Fraction(float64), Fraction(float32)]


@pytest.mark.parametrize(("numbers", "text", "message"), kill_suite.TOO_LARGE, ids=lambda text: text[:12])
def test_a_decimal_too_large_for_the_format_is_refused(numbers, text, message):
    with pytest.raises(NumberError) as refusal:
        parse_dataset_number(text, numbers)
    assert str(refusal.value) == message
    assert parse_dataset_number(text, "decimal") == Fraction(text)


@pytest.mark.parametrize("digits", [100_001, 200_000])
@pytest.mark.parametrize("form", ["{}", "-{}", "1/{}", "{}/1"])
def test_long_decimal_integers_are_refused_and_the_way_out_is_named(form, digits):
    with pytest.raises(
        NumberError, match=rf"\.\.\.' \({digits} characters\) has more than 100000 digits \(write it in hexadecimal\)"
    ):
        parse_rational(form.format("9" * digits))


@pytest.mark.parametrize("digits", [4299, 4300, 4301, 8000, 8001, 99_999, 100_000])
def test_long_decimal_integers_are_read_exactly(digits):
    assert parse_rational("9" * digits) == 10**digits - 1
    assert parse_rational("1" + "0" * (digits - 1)) == 10 ** (digits - 1)


def test_hexadecimal_integers_have_no_limit():
    assert parse_rational("0x1" + "0" * 1_000_000) == 1 << 4_000_000


@pytest.mark.parametrize(("q", "text"), [*kill_suite.ABOUT, ("1/10", "1.00000e-1")])
def test_about_has_six_digits(q, text):
    assert about(Fraction(q)) == text


def test_about_has_no_greatest_exponent():
    assert about(Fraction(10**2000)) == "1.00000e+2000" and about(Fraction(-1, 10**2000)) == "-1.00000e-2000"
    assert about(Fraction(1 << 100_000)) == "9.99002e+30102"


def test_a_decimal_has_no_more_digits_behind_the_point_than_are_read():
    with pytest.raises(NumberError, match="more than 100000 digits"):
        parse_dataset_number("0." + "1" * 100_001, "decimal")
