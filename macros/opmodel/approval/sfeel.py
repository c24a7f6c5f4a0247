"""Parser of S-FEEL unary tests, the conditions of a decision table.

Source: Decision Model and Notation 1.3 (OMG formal/2021-02-01), section 9.2 (grammar rules 3 to 18 and 33 to 39),
without names of other inputs and without the literals of time and duration, which no input has.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from opmodel.approval.conditions import ANYTHING, MAX_DIGITS, Bound, Condition, Equal, Range, Test, Value, literal
from opmodel.approval.mistakes import SfeelError, refuse_mistakes, write
from opmodel.text.nearest import nearest

__all__ = ["SfeelError", "parse"]

MAX_LENGTH = 2000
_TOKEN = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<number>\d+(?:\.\d+)?|\.\d+)"
    r'|(?P<text>"(?:[^"\\\r\n]|\\.)*")'
    r"|(?P<word>[^\W\d]\w*)"
    r"|(?P<mark>\.\.|<=|>=|[<>()\[\],-])",
    re.ASCII,
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{6})|(.))")
_PLAIN_ESCAPES = {"'": "'", '"': '"', "\\": "\\", "n": "\n", "r": "\r", "t": "\t"}
_A_VALUE = 'a value: a number, "text", true, false or date("2026-01-31")'


@dataclass(frozen=True, slots=True)
class _Token:
    """A token of S-FEEL with its offset in the text."""

    kind: str
    text: str
    offset: int

    def __str__(self) -> str:
        return self.text or "the end"


def parse(text: str, words: Iterable[str] = (), *, null: bool = False) -> Condition:
    """Parse ``text`` as a condition. ``words`` are the values of a choice, for better hints; ``null`` says whether
    ``null`` can be written, because the value may be missing.

    Raises `SfeelError` with what was expected, what was found, and where.
    """
    return _parsed(text, tuple(words), null)


@lru_cache(maxsize=4096)  # tables repeat their conditions, and digests ask for them again
def _parsed(text: str, words: tuple[str, ...], null: bool) -> Condition:
    if len(text) > MAX_LENGTH:
        raise SfeelError(f"expected at most {MAX_LENGTH} characters, found {len(text)}", MAX_LENGTH)
    refuse_mistakes(text, words, null=null)
    return _Parser(text, words).condition()


def _tokens(text: str) -> list[_Token]:
    tokens, at = [], 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if not match:
            raise SfeelError(_unreadable(text[at]), at)
        if match.lastgroup != "space":
            tokens.append(_Token(str(match.lastgroup), match[0], at))
        at = match.end()
    return [*tokens, _Token("end", "", len(text))]


def _unreadable(char: str) -> str:
    if char == '"':
        return "expected text that ends on the same line, found no closing quote"
    return f'expected a test such as < 500, [500..5000) or "matched", found {char}'


class _Parser:
    """Recursive descent over the tokens; one method for each rule of the grammar."""

    def __init__(self, text: str, words: tuple[str, ...]) -> None:
        self._text = text
        self._tokens = _tokens(text)
        self._words = words
        self._at = 0

    def condition(self) -> Condition:
        first = self._peek()
        if first.text == "-" and self._tokens[1].kind == "end":
            return ANYTHING
        if first.text != "not":
            return Condition(self._tests("end"))
        self._take()
        self._expect("(", '( after not, as in not("none")')
        tests = self._tests(")")
        self._take()
        self._end("the end after not(…)")
        return Condition(tests, negated=True)

    def _tests(self, until: str) -> tuple[Test, ...]:
        tests = [self._test()]
        while self._peek().text == ",":
            self._take()
            tests.append(self._test())
        if until == "end":
            self._end("a comma or the end")
        elif self._peek().text != until:
            raise self._unexpected(f"a comma or {until}")
        return tuple(tests)

    def _end(self, expected: str) -> None:
        if self._peek().kind != "end":
            raise self._unexpected(expected)

    def _test(self) -> Test:
        start = self._peek()
        if start.text in ("<", "<=", ">", ">="):
            self._take()
            bound = Bound(self._value(), closed="=" in start.text)
            return Range(None, bound, start.offset) if "<" in start.text else Range(bound, None, start.offset)
        if start.text in ("[", "]", "("):
            return self._interval()
        if start.text == "null":
            self._take()
            return Equal(None, start.offset)
        value = self._value()
        if self._peek().text == "..":
            raise self._unexpected(
                f"a bracket before {literal(value)}", "a range is written [500..5000] or [500..5000)"
            )
        return Equal(value, start.offset)

    def _interval(self) -> Range:
        start = self._take()
        low = Bound(self._value(), closed=start.text == "[")
        self._expect("..", "two dots between the ends of a range")
        high = self._value()
        end = self._peek()
        if end.text not in ("]", ")", "["):
            raise self._unexpected("] or ) to close the range")
        self._take()
        return Range(low, Bound(high, closed=end.text == "]"), start.offset)

    def _value(self) -> Value:
        token = self._peek()
        if token.text == "-" and self._tokens[self._at + 1].kind == "number":
            return self._negative()
        if token.kind == "number":
            return self._number()
        if token.kind == "text":
            return _unescaped(self._take())
        if token.text in ("true", "false"):
            return self._take().text == "true"
        if token.text == "date":
            return self._date()
        raise self._no_value(token)

    def _negative(self) -> Decimal:
        minus = self._take()
        if self._peek().offset != minus.offset + 1:
            raise self._unexpected("a number directly after the minus sign")
        return self._number().copy_negate()

    def _number(self) -> Decimal:
        token = self._take()
        if len(token.text) - token.text.count(".") > MAX_DIGITS:
            raise SfeelError(f"expected a number of at most {MAX_DIGITS} digits, found {token}", token.offset)
        return Decimal(token.text)

    def _date(self) -> date:
        self._take()
        self._expect("(", 'date("2026-01-31")')
        token = self._peek()
        if token.kind != "text":
            raise self._unexpected('a day in quotes, as in date("2026-01-31")')
        self._take()
        self._expect(")", ") after the day")
        try:
            if re.fullmatch(r"\d{4}-\d\d-\d\d", token.text[1:-1], re.ASCII):
                return date.fromisoformat(token.text[1:-1])
        except ValueError:
            pass
        raise SfeelError(f'expected a day that exists, as "2026-01-31", found {token}', token.offset)

    def _no_value(self, token: _Token) -> SfeelError:
        if token.kind == "word":
            if token.text.lower() in ("true", "false"):
                return self._unexpected(token.text.lower(), "lower case")
            if token.text.lower() in ("yes", "no"):
                return self._unexpected("true or false", f"write {'true' if token.text.lower() == 'yes' else 'false'}")
            if token.text == "null":
                return self._unexpected("a value to compare with", "null is compared with nothing and stands alone")
            if not self._words:
                return self._unexpected(_A_VALUE, "a comparison is a sign: < <= > >= or [500..5000]")
            close = nearest(token.text, self._words) or token.text
            end = token.offset + len(token.text)
            whole = f'{self._text[: token.offset]}"{close}"{self._text[end:]}'
            return self._unexpected("text in quotes", write(whole))
        if token.text == "-":
            return self._unexpected(_A_VALUE, "- stands alone: it matches anything")
        return self._unexpected(_A_VALUE, "- matches anything" if token.kind == "end" and self._at == 0 else "")

    def _peek(self) -> _Token:
        return self._tokens[self._at]

    def _take(self) -> _Token:
        self._at += 1
        return self._tokens[self._at - 1]

    def _expect(self, mark: str, expected: str) -> None:
        if self._peek().text != mark:
            raise self._unexpected(expected)
        self._take()

    def _unexpected(self, expected: str, hint: str = "") -> SfeelError:
        token = self._peek()
        return SfeelError(f"expected {expected}, found {token}{hint and '; '}{hint}", token.offset)


def _unescaped(token: _Token) -> str:
    def replace(match: re.Match[str]) -> str:
        code = match[1] or match[2]
        if code and int(code, 16) <= 0x10FFFF:
            return chr(int(code, 16))
        if match[3] in _PLAIN_ESCAPES:
            return _PLAIN_ESCAPES[match[3]]
        known = r"\" \\ \n \r \t \u0041"
        raise SfeelError(f"expected an escape such as {known}, found {match[0]}", token.offset + 1 + match.start())

    return _ESCAPE.sub(replace, token.text[1:-1])
