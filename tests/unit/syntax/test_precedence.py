"""Operators bind as the table of the language says.

The oracle is the table, written down here once more by hand: a random tree is written out with no more
parentheses than the table asks for, and with parentheses everywhere; both texts must give that tree.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.syntax.reading import codes, codes_in_body, expression

# Level → operators, loosest first; which side repeats without parentheses.
LEVELS: list[tuple[str, dict[str, str]]] = [
    ("left", {"|>": "CALL"}),
    ("right", {"??": "COALESCE"}),
    ("left", {"or": "OR", "||": "OR"}),
    ("left", {"and": "AND", "&&": "AND"}),
    ("prefix", {"not": "NOT"}),
    ("none", {"==": "EQ", "!=": "NE", "<": "LT", "<=": "LE", ">": "GT", ">=": "GE", "in": "IN"}),
    ("left", {"|": "BIT_OR"}),
    ("left", {"^": "BIT_XOR"}),
    ("left", {"&": "BIT_AND"}),
    ("left", {"<<": "SHL", ">>": "SHR"}),
    ("none", {"..": "RANGE", "..=": "RANGE_INCLUSIVE"}),
    ("left", {"+": "ADD", "-": "SUB"}),
    ("left", {"*": "MUL", "/": "DIV", "%": "REM"}),
    ("prefix", {"-": "NEG", "~": "BIT_NOT", "!": "NOT", "&": "REF", "&mut ": "REF_MUT"}),
]
ATOM = len(LEVELS)

Tree = tuple[int, str, list["Tree"]]  # level, operator or atom, operands


def trees() -> st.SearchStrategy[Tree]:
    """Trees of operators over names."""
    atoms = st.sampled_from("abcxyz").map(lambda name: (ATOM, name, []))

    def grow(inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
        def of_level(level: int) -> st.SearchStrategy[Tree]:
            side, operators = LEVELS[level]
            operands = (
                st.lists(inner, min_size=1, max_size=1)
                if side == "prefix"
                else st.lists(inner, min_size=2, max_size=2)
            )
            return st.tuples(st.just(level), st.sampled_from(sorted(operators)), operands)

        return st.one_of([of_level(level) for level in range(len(LEVELS))])

    return st.recursive(atoms, grow, max_leaves=12)


def needs_parentheses(parent: Tree, place: int) -> bool:
    level, _, operands = parent
    side = LEVELS[level][0]
    inner = operands[place][0]
    if inner == ATOM:
        return False
    if side == "prefix":
        return inner < level
    if inner != level:
        return inner < level
    return not ((side == "left" and place == 0) or (side == "right" and place == 1))


def written(tree: Tree, *, sparing: bool) -> str:
    level, operator, operands = tree
    if level == ATOM:
        return operator
    texts = [
        f"({text})" if not sparing or needs_parentheses(tree, place) else text
        for place, text in enumerate(written(operand, sparing=sparing) for operand in operands)
    ]
    # A prefix operator inside the left operand would take what stands behind it along.
    if LEVELS[level][0] == "prefix":
        return f"{operator} {texts[0]}"
    return f"{texts[0]} {operator} {texts[1]}"


def expected(tree: Tree) -> str:
    level, operator, operands = tree
    if level == ATOM:
        return operator
    parts = list(map(expected, operands))
    if operator == "|>":
        parts.reverse()  # the function stands before its argument
    return f"({LEVELS[level][1][operator]} {' '.join(parts)})"


def ends_in_not(tree: Tree) -> bool:
    """Whether the text of a tree can end in a `not`, which takes everything tighter behind it along."""
    level, operator, operands = tree
    if level == ATOM:
        return False
    return operator == "not" or ends_in_not(operands[-1])


def has_not_on_the_left(tree: Tree) -> bool:
    level, _, operands = tree
    if level == ATOM:
        return False
    loose = len(operands) == 2 and level > 4 and ends_in_not(operands[0])
    return loose or any(map(has_not_on_the_left, operands))


@given(trees())
def test_parentheses_everywhere(tree: Tree) -> None:
    assert expression(written(tree, sparing=False)) == expected(tree)


@given(trees().filter(lambda tree: not has_not_on_the_left(tree)))
def test_no_more_parentheses_than_needed(tree: Tree) -> None:
    assert expression(written(tree, sparing=True)) == expected(tree)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a - b - c", "(SUB (SUB a b) c)"),
        ("a ?? b ?? c", "(COALESCE a (COALESCE b c))"),
        ("a == b and c or d", "(OR (AND (EQ a b) c) d)"),
        ("not a == b", "(NOT (EQ a b))"),
        ("-a.b", "(NEG (FIELD b a))"),
        ("-a as Int", "(NEG (CAST a Int))"),
        ("a as U8 | b", "(BIT_OR (CAST a U8) b)"),
        ("a as U8 < b", "(LT (CAST a U8) b)"),
        ("a as Vec<Int> == b", "(EQ (CAST a (TYPE_NAME Vec Int)) b)"),
        ("a as U8 >> 1", "(SHR (CAST a U8) 1)"),
        ("x -> x + 1", "(LAMBDA x (ADD x 1))"),
        ("x -> y -> x", "(LAMBDA x (LAMBDA y x))"),
        ("0..n step 2", "(RANGE_STEP (RANGE 0 n) 2)"),
        ("0..n - 1", "(RANGE 0 (SUB n 1))"),
        ("a in 0..10", "(IN a (RANGE 0 10))"),
        ("x is Some(y) and z", "(AND (IS x (PAT_VARIANT Some y)) z)"),
        ("x is A | B", "(IS x (PAT_OR A B))"),
        ("step + step", "(ADD step step)"),
        ("a > b", "(GT a b)"),
        ("a > > b", None),
        ("v[1..]", "(INDEX v (RANGE 1))"),
        ("v[..n]", "(INDEX v (RANGE n))"),
        ("v[..]", "(INDEX v RANGE)"),
        ("await a + b", "(ADD (AWAIT a) b)"),
        ("comptime a + b", "(COMPTIME (ADD a b))"),
        ("a ?? return b", "(COALESCE a (RETURN b))"),
        ("a |> f(b) |> m::g", "(CALL (PATH g m) (CALL f a b))"),
        ("a |> f()", "(CALL f a)"),
        ("a |> x.f(b)", "(CALL (FIELD f x) a b)"),
        ("a |> f(b)! as Int", "(CAST (UNWRAP (CALL f a b)) Int)"),
        ("a |> f { it }", "(CALL f a (LAMBDA_IT it))"),
        ("a |> $m(b)", "(MACRO_CALL m a b)"),
        ("a |> (f(b))", "(CALL (CALL f b) a)"),
        ("a |> (f)(b)", "(CALL f a b)"),
        ("a + 1 |> f |> g == b", "(CALL (EQ g b) (CALL f (ADD a 1)))"),
        ("x -> x |> f", "(LAMBDA x (CALL f x))"),
    ],
)
def test_single_cases(text: str, tree: str | None) -> None:
    if tree is None:
        assert codes(f"const X = {text}\n")
    else:
        assert expression(text) == tree


@pytest.mark.parametrize("operator", ["==", "<", ">=", "in", ">"])
def test_comparisons_do_not_chain(operator: str) -> None:
    assert codes_in_body(f"x = a {operator} b {operator} c") == ["QZ0029"]


@pytest.mark.parametrize("text", ["x = (1..)", "x = ..1", "f(1..)", "v[f(1..)]", "v[(..1)]"])
def test_open_ranges_only_directly_in_an_index(text: str) -> None:
    assert codes_in_body(text) == ["QZ0033"]
