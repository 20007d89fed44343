"""Statements and declarations as trees."""

from __future__ import annotations

import pytest

from tests.unit.syntax.reading import Read, body, codes_in_body, expression


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("x = 1", "(ASSIGN x 1)"),
        ("x.y[1] = 2", "(ASSIGN (INDEX (FIELD y x) 1) 2)"),
        ("x: Int = 1", "(LET x Int 1)"),
        ("var x = 1", "(VAR x 1)"),
        ("var x: Vec<Vec<Int>>= 1", "(VAR x (TYPE_NAME Vec (TYPE_NAME Vec Int)) 1)"),
        ("x += 1", "(ASSIGN_OP += x 1)"),
        ("x >>= 1", "(ASSIGN_OP > x 1)"),
        ("x ??= 1", "(ASSIGN_OP ??= x 1)"),
        ("(a, b) = c", "(DESTRUCTURE (PAT_TUPLE a b) c)"),
        ("var (a, b) = c", "(VAR_PATTERN (PAT_TUPLE a b) c)"),
        ("var P { x } = c", "(VAR_PATTERN (PAT_STRUCT P x) c)"),
        ("(a[0], b.c) = (b.c, d)", "(ASSIGN (INDEX a 0) (TAP (FIELD c b) (ASSIGN (FIELD c b) d)))"),
        ("(self.a, b) = (b, 1)", "(ASSIGN (FIELD a SELF) (TAP b (ASSIGN b 1)))"),
        ("[a, ..b] = c", "(DESTRUCTURE (PAT_VEC a PAT_REST) c)"),
        ("P { x, y: z } = c", "(DESTRUCTURE (PAT_STRUCT P x (PAT_FIELD y z)) c)"),
        ("V(x, y: 1, z:) = c", "(DESTRUCTURE (PAT_VARIANT V x (PAT_FIELD y (PAT_LITERAL 1)) z) c)"),
        (
            "V(x: y, z: W(a)) = c",
            "(DESTRUCTURE (PAT_VARIANT V (PAT_FIELD x y) (PAT_FIELD z (PAT_VARIANT W a))) c)",
        ),
        ("V(x: (a, 1)) = c", "(DESTRUCTURE (PAT_VARIANT V (PAT_FIELD x (PAT_TUPLE a (PAT_LITERAL 1)))) c)"),
        ("return", "RETURN"),
        ("return 1 if a", "(IF (IF_ARM a (BLOCK (RETURN 1))))"),
        ("a unless b", "(IF (IF_ARM (NOT b) (BLOCK a)))"),
        ("a until b", "(WHILE (NOT b) (BLOCK a))"),
        ("f(x) for x in xs", "(FOR x xs (BLOCK (CALL f x)))"),
        ("x = 1 if a", "(IF (IF_ARM a (BLOCK (ASSIGN x 1))))"),
        ("break 1 if a", "(IF (IF_ARM a (BLOCK (BREAK 1))))"),
        ("o: loop\n break o\nend", "(LABELED o (LOOP (BLOCK BREAK)))"),
        ("loop\n break o\nend", "(LOOP (BLOCK (BREAK o)))"),
        ("o: loop\n break o 1\nend", "(LABELED o (LOOP (BLOCK (BREAK 1))))"),
        ("defer x = 1", "(DEFER (ASSIGN x 1))"),
        ("if a\n1\nelsif b\n2\nelse\n3\nend", "(IF (IF_ARM a (BLOCK 1)) (IF_ARM b (BLOCK 2)) (BLOCK 3))"),
        ("if a; 1; else; 2; end", "(IF (IF_ARM a (BLOCK 1)) (BLOCK 2))"),
        ("unless a\n1\nelse\n2\nend", "(IF (IF_ARM (NOT a) (BLOCK 1)) (BLOCK 2))"),
        ("for i, x in v\nend", "(FOR i x v BLOCK)"),
        ("for (a, b) in v\nend", "(FOR (PAT_TUPLE a b) v BLOCK)"),
        ("match x; 1 | 2 => a; n if n > 3 => b; end", None),
    ],
)
def test_statements(text: str, tree: str | None) -> None:
    if tree is None:
        tree = "(MATCH x (ARM (PAT_OR (PAT_LITERAL 1) (PAT_LITERAL 2)) a) (ARM n (GT n 3) b))"
    assert body(text) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("-1", "(PAT_LITERAL (NEG 1))"),
        ("1..=2", "(PAT_RANGE (PAT_LITERAL 1) (PAT_LITERAL 2))"),
        ("'a'..'z'", "(PAT_RANGE 'a' 'z')"),
        ("LOW..HIGH", "(PAT_RANGE LOW HIGH)"),
        ("_", "PAT_WILD"),
        ("Some(_)", "(PAT_VARIANT Some PAT_WILD)"),
        ("O::Some(x)", "(PAT_VARIANT (PATH Some O) x)"),
        ("O::None", "(PAT_VARIANT (PATH None O))"),
        ("P { x: 0, y }", "(PAT_STRUCT P (PAT_FIELD x (PAT_LITERAL 0)) y)"),
        ("n @ 1", "(PAT_AT n (PAT_LITERAL 1))"),
        ("n: Int", "(PAT_TYPED n Int)"),
        ("(a, b)", "(PAT_TUPLE a b)"),
        ("(a)", "a"),
        ("[a, .., b]", "(PAT_VEC a PAT_REST b)"),
        ('"s"', '(PAT_LITERAL "s")'),
        ("nil", "(PAT_LITERAL NIL)"),
    ],
)
def test_patterns(text: str, tree: str) -> None:
    if tree.startswith("(PAT_RANGE (PAT_LITERAL"):
        tree = "(PAT_RANGE 1 2)"
    assert body(f"match x\n{text} => y\nend") == f"(MATCH x (ARM {tree} y))"


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("do\ny\nz\nend", "(BLOCK y z)"),
        ("do y end", "(BLOCK y)"),
        ("do -> y end", "(LAMBDA (BLOCK y))"),
        ("do a -> y end", "(LAMBDA a (BLOCK y))"),
        ("-> y", "(LAMBDA y)"),
    ],
)
def test_do_opens_the_block_of_an_arm(text: str, tree: str) -> None:
    assert body(f"match x\n1 => {text}\nend") == f"(MATCH x (ARM (PAT_LITERAL 1) {tree}))"


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("f(1, a: 2, ...b)", "(CALL f 1 (NAMED_ARG a 2) (SPREAD b))"),
        ("f(x) { it + 1 }", "(CALL f x (LAMBDA_IT (ADD it 1)))"),
        ("f { x += it }", "(CALL f (LAMBDA_IT (BLOCK (ASSIGN_OP += x it))))"),
        ("f { g(it); it }", "(CALL f (LAMBDA_IT (BLOCK (CALL g it) it)))"),
        ("f { it }", "(CALL f (LAMBDA_IT it))"),
        ("f do a -> b end", "(CALL f (LAMBDA a (BLOCK b)))"),
        ("x.f(1) do b end", "(CALL (FIELD f x) 1 (LAMBDA (BLOCK b)))"),
        ("f(x: Int -> x)", "(CALL f (LAMBDA (PARAM x Int) x))"),
        ("f(1, a:, b:)", "(CALL f 1 (NAMED_ARG a a) (NAMED_ARG b b))"),
        ("f(x: y -> z)", "(CALL f (NAMED_ARG x (LAMBDA y z)))"),
        ("f(x: (a, b) -> z)", "(CALL f (NAMED_ARG x (LAMBDA a b z)))"),
        ("f(x: Fn(A): B -> x)", "(CALL f (LAMBDA (PARAM x (TYPE_FN A B)) x))"),
        ("(a: Int, b) -> a", "(LAMBDA (PARAM a Int) b a)"),
        ("-> a", "(LAMBDA a)"),
        ("f<T>(x)", "(CALL (TYPE_APPLY f T) x)"),
        ("Vec<Int>.new()", "(CALL (FIELD new (TYPE_APPLY Vec Int)))"),
        ("P<A> { x: 1 }", "(STRUCT_LIT (TYPE_NAME P A) (FIELD_INIT x 1))"),
        ("m::P { x }", "(STRUCT_LIT P (FIELD_INIT x x))"),
        ("a.with { x: 1 }", "(WITH a (FIELD_INIT x 1))"),
        ("i<n and m>(o)", "(AND (LT i n) (GT m o))"),
        ("{}", "MAP_LIT"),
        ("{1 => 2, 3 => 4}", "(MAP_LIT (MAP_ENTRY 1 2) (MAP_ENTRY 3 4))"),
        ("{x: 1, y: 2}", "(RECORD_LIT (FIELD_INIT x 1) (FIELD_INIT y 2))"),
        ("{x, y}", "(RECORD_LIT (FIELD_INIT x x) (FIELD_INIT y y))"),
        (
            "{k => v for k, v in m if c}",
            "(COMPREHENSION (FOR k v m (BLOCK (IF (IF_ARM c (BLOCK (COLLECT (MAP_ENTRY k v))))))))",
        ),
        ("[x for x in xs]", "(COMPREHENSION (FOR x xs (BLOCK (COLLECT x))))"),
        ("(a, b)", "(TUPLE a b)"),
        ("(a,)", "(TUPLE a)"),
        ("((a))", "a"),
        ('"a#{b}c#{d}"', '(INTERPOLATION "a#{ b }c#{ d)'),
        ('"#{a}"', "(INTERPOLATION a)"),
        ("$try(e)", "(TRY e)"),
        ("$unwrap(e)", "(UNWRAP e)"),
        ("$m(e, f)", "(MACRO_CALL m e f)"),
        ("f()?.x!", "(UNWRAP (OPT_FIELD x (OPT_VALUE (CALL f))))"),
        ("a::b::c(d)", "(CALL (PATH c (PATH b a)) d)"),
        ("v[i](x).y", "(FIELD y (CALL (INDEX v i) x))"),
    ],
)
def test_operands(text: str, tree: str) -> None:
    assert expression(text) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("def f(a, b: Int = 1): T where T: A + B = a", None),
        ("def f(0, Some(x), P { y }) = x", "(FN (PARAM_PATTERN (PAT_LITERAL 0)) {} {} x)"),
        ("def f(self, rest...) = 1", "(FN PARAM_SELF PARAM_REST 1)"),
        ("def f<T: A, const N: Int>() = 1", "(FN (TYPE_PARAM T A) (CONST_PARAM N Int) 1)"),
        ("struct P<T> { x: T = 1 }", "(STRUCT T (FIELD_DECL x T 1))"),
        ("enum E\n A(Int, y: F64)\n B\nend", "(ENUM (VARIANT A (PAYLOAD Int) (PAYLOAD F64)) B)"),
        ("impl<T> A<T> for B<T>\nend", "(IMPL T (TYPE_NAME A T) (TYPE_NAME B T))"),
        ("trait T: A + B\nend", "(TRAIT A B)"),
        ("type F = Fn(A, B): C", "(ALIAS (TYPE_FN A B C))"),
        ("type R = { x: A, ..r } | &mut (B, C) | !", None),
        ("@a(1, b: 2)\nconst C: Int = 1", "(CONST C Int 1)"),
        ("@[a] @[b(1)]\nconst C: Int = 1", "(CONST C Int 1)"),
        ("import a/b as c", "(IMPORT a b)"),
        ("import { a, b } from c", "(IMPORT c a b)"),
    ],
)
def test_declarations(text: str, tree: str | None) -> None:
    read = Read(text + "\n")
    found = read.shown(read.parse())
    assert read.codes == []
    if "where" in text:
        tree = "(FN a (PARAM b Int 1) T (WHERE_BOUND T A B) a)"
    elif "..r" in text:
        tree = (
            "(ALIAS (TYPE_UNION (TYPE_RECORD (TYPE_FIELD x A)) (TYPE_REF_MUT (TYPE_TUPLE B C)) TYPE_NEVER))"
        )
    elif "{}" in (tree or ""):
        some = "(PARAM_PATTERN (PAT_VARIANT Some x))"
        tree = (tree or "").format(some, "(PARAM_PATTERN (PAT_STRUCT P y))")
    assert found == tree


def test_headers_alone() -> None:
    read = Read("def f(a) = g(a)\n")
    assert read.shown(read.parse(with_body=False)) == "(FN a)"


def test_annotations_belong_to_their_item() -> None:
    read = Read('@inline @export("x")\ndef f() = 1\n')
    assert read.shown(read.parse()) == '(FN inline (ANNOTATION export "x") 1)'


@pytest.mark.parametrize("word", ["step", "it", "with", "default", "from", "binary", "packed", "test", "mut"])
def test_words_that_are_words_only_in_their_place(word: str) -> None:
    assert codes_in_body(f"{word} = 1\n{word}.{word}({word}: {word})\nvar {word} = {word}") == []


@pytest.mark.parametrize("text", ["type", "in", "end", "match", "if"])
def test_keywords_name_fields_and_arguments(text: str) -> None:
    assert codes_in_body(f"P {{ {text}: 1 }}\nx.{text} = x.{text}\nf({text}: 1)") == []
