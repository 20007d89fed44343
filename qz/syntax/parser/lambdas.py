"""Lambdas in all their forms."""

from __future__ import annotations

from qz.diagnostics.other_words import LOOPING_METHODS
from qz.syntax import node_numbers as nk
from qz.syntax import token_numbers as tk
from qz.syntax.parser.blocks import block, expect_end, statement
from qz.syntax.parser.core import MAX_RECURSION, Parser
from qz.syntax.parser.expressions import expression, missing_operand
from qz.syntax.parser.operators import ASSIGN_OPS
from qz.syntax.parser.patterns import pattern
from qz.syntax.parser.types import end_of_type_arguments, type_


def arrow_lambda_from_name(p: Parser, name_node: int) -> int:
    """`x -> e`; the node of the name becomes the parameter."""
    p.rows[4 * name_node] = nk.PARAM
    return arrow_body(p, [name_node])


def arrow_body(p: Parser, params: list[int]) -> int:
    """From `->` on."""
    arrow = p.at
    p.at = arrow + 1
    if p.partner[arrow]:
        return _without_do(p, params, arrow)
    p.depth += 1
    is_block = p.kinds[p.at] == tk.DO and p.kinds[p.at + 1] not in (tk.ARROW, tk.BAR)
    body = p.too_deep("lambdas are") if p.depth > MAX_RECURSION else expression(p)
    if is_block and p.kind_of(body) == nk.LAMBDA and not p.rows[4 * body + 2]:
        body = p.rows[4 * body + 3]  # `-> do … end`: the block is the body
    if p.kinds[p.at] in _ASSIGNING:
        _refuse_assignment(p)
    p.depth -= 1
    return p.add(nk.LAMBDA, arrow, p.list(params), body)


def _without_do(p: Parser, params: list[int], arrow: int) -> int:
    """`x ->`, then lines and their `end`: what `do` was forgotten of."""
    from qz.syntax.token_words import describe

    first = p.token_of(params[0]) if params else arrow
    replace = f"do {p.tokens.text(first)}" if len(params) < 2 else None
    help_text = "a block with parameters is `do a, b -> … end`"
    p.report("QZ0026", first, replace=replace, help=help_text, found=describe(p.tokens, first))
    block(p)
    expect_end(p, arrow)
    return p.poison()


_ASSIGNING = frozenset({tk.ASSIGN, *ASSIGN_OPS})


def _refuse_assignment(p: Parser) -> None:
    """`x -> n += x`: a statement, which stands in a block."""
    help_text = "an assignment is a statement: `do … -> … end` is a lambda of statements"
    p.unexpected("the end of the lambda", help=help_text)
    p.at += 1
    expression(p)
    if p.kinds[p.at] in (tk.IF, tk.UNLESS):  # whether it is made
        p.at += 1
        expression(p)


def no_params(p: Parser) -> int:
    """`-> e`."""
    kinds = p.kinds
    arrow = p.at
    if kinds[arrow + 1] == tk.DO and not do_header_ahead(p, arrow + 2):
        p.report("QZ0020", arrow, last=arrow + 1, replace="do ->", found="`-> do`", expected="`do -> … end`")
        p.at = arrow + 1
        return do_lambda(p)
    if kinds[arrow + 1] == tk.LPAREN and kinds[p.partner[arrow + 1] + 1] in (tk.LBRACE, tk.DO, tk.IDENT):
        return _arrow_in_front(p)
    return arrow_body(p, [])


def do_header_ahead(p: Parser, at: int) -> bool:
    """Whether parameters or their `->` stand behind `do`."""
    if p.kinds[at] == tk.LPAREN:
        return p.kinds[p.partner[at] + 1] == tk.ARROW
    return p.kinds[at] == tk.ARROW or _do_params_ahead(p, at)


def _arrow_in_front(p: Parser) -> int:
    """`->(x) { … }` and `->(x) do … end`, as Ruby writes lambdas: reported, and read as what they mean."""
    arrow = p.at
    end = p.partner[arrow + 1]
    first = end + 1
    shown = p.tokens.text_of(arrow + 2, end - 1) if end > arrow + 2 else ""
    p.at = arrow + 1
    params = _listed_parameters(p)
    found = "`->` before the parameters"
    if p.kinds[first] == tk.DO:
        header = f"do {shown} ->" if shown else "do ->"
        p.report("QZ0020", arrow, last=first, replace=header, found=found, expected=f"`{header} … end`")
        p.at = first + 1
        body = block(p)
        expect_end(p, first)
        return p.add(nk.LAMBDA, arrow, p.list(params), body)
    expected = f"`({shown}) -> …`"
    if p.kinds[first] == tk.LBRACE:
        p.report("QZ0020", arrow, last=first, help="and no braces", found=found, expected=expected)
        p.at = p.partner[first] + 1
        return p.poison()
    p.report("QZ0020", arrow, last=end, replace=f"({shown}) ->", found=found, expected=expected)
    return p.add(nk.LAMBDA, arrow, p.list(params), expression(p))


def parameters(p: Parser) -> int:
    """`(a, b: T) -> e`, at the parenthesis."""
    return arrow_body(p, _listed_parameters(p))


def _listed_parameters(p: Parser) -> list[int]:
    """`(a, b: T)`."""
    opener = p.at
    end = p.partner[opener]
    p.at = opener + 1
    params: list[int] = []
    while p.at < end:
        params.append(_param(p))
        if not p.accept(tk.COMMA):
            break
    p.close(opener, "`,` or `)`")
    return params


def _param(p: Parser) -> int:
    name = p.at
    kinds = p.kinds
    if kinds[name] != tk.IDENT or (kinds[name + 1] in (tk.LBRACE, tk.LPAREN) and p.is_capital(name)):
        taken = pattern(p)
        colon = p.at
        if p.accept(tk.COLON):
            taken = p.add(nk.PAT_TYPED, colon, taken, type_(p))
        return p.add(nk.PARAM_PATTERN, name, taken)
    p.at = name + 1
    param_type = type_(p) if p.accept(tk.COLON) else 0
    default = expression(p) if p.accept(tk.ASSIGN) else 0
    return p.add(nk.PARAM, name, param_type, default)


def typed_lambda_ahead(p: Parser, name: int) -> bool:
    """At `name :`: whether a type and `->` follow, and not the value of a named argument.

    `at: x -> …` names an argument: only what is spelled like a type is one here. `f: Fn(Int) -> Int = …` has
    the type of a function as others write it.
    """
    arrow = _end_of_type(p, name + 2)
    return p.kinds[arrow] == tk.ARROW and p.kinds[_end_of_type(p, arrow + 1)] != tk.ASSIGN


def _end_of_type(p: Parser, at: int) -> int:
    """Behind what is spelled like a type, 0 where nothing is."""
    kinds = p.kinds
    while kinds[at] == tk.AMP:
        at += 1
    if kinds[at] == tk.IDENT and p.text_is(at, b"mut"):
        at += 1
    if kinds[at] != tk.IDENT or not p.is_capital(at):
        return 0
    while True:
        at += 1
        if kinds[at] == tk.LT:
            at = end_of_type_arguments(p, at)
            if not at:
                return 0
        elif kinds[at] == tk.LPAREN and p.text_is(at - 1, b"Fn"):
            at = p.partner[at] + 1
        if kinds[at] not in (tk.COLON, tk.COLON_COLON, tk.DOT, tk.BAR, tk.AMP) or kinds[at + 1] != tk.IDENT:
            return at
        at += 1


def typed_lambda(p: Parser) -> int:
    """`x: T -> e`."""
    name = p.at
    p.at = name + 2
    p.arrow_ends_type = True
    param = p.add(nk.PARAM, name, type_(p))
    p.arrow_ends_type = False
    if p.kinds[p.at] != tk.ARROW:
        p.unexpected("`->`")
        return p.poison()
    return arrow_body(p, [param])


def do_lambda(p: Parser) -> int:
    """`do a, b -> … end`, `do -> … end`, `do … end`."""
    opener = p.at
    kinds = p.kinds
    p.at = opener + 1
    params: list[int] = []
    if kinds[p.at] == tk.LPAREN and kinds[p.partner[p.at] + 1] == tk.ARROW:
        inner_end = p.partner[p.at]
        p.at += 1
        while p.at < inner_end:
            params.append(_param(p))
            if not p.accept(tk.COMMA):
                break
        p.close(opener + 1, "`,` or `)`")
    elif kinds[p.at] == tk.BAR:
        params = _params_in_bars(p, in_block=True, loop=_loop_meant(p, opener))
    elif _do_params_ahead(p, p.at):
        p.arrow_ends_type = True
        params.append(_param(p))
        while p.accept(tk.COMMA):
            params.append(_param(p))
        p.arrow_ends_type = False
        if kinds[p.at] != tk.ARROW:
            p.unexpected("`->`")
    p.accept(tk.ARROW)
    body = block(p)
    expect_end(p, opener)
    return p.add(nk.LAMBDA, opener, p.list(params), body)


def _loop_meant(p: Parser, do: int) -> str:
    """What is written for `n.times do`, if such a method is given the block: a loop."""
    before = do - 1
    name = p.partner[before] - 1 if p.kinds[before] == tk.RPAREN else before
    is_method = p.kinds[name] == tk.IDENT and p.kinds[name - 1] == tk.DOT
    return LOOPING_METHODS.get(p.tokens.text(name), "") if is_method else ""


def _params_in_bars(
    p: Parser, *, in_block: bool = False, in_braces: bool = False, loop: str = ""
) -> list[int]:
    """`|a, b|`, as other languages write parameters: reported, with what stands for it here. Behind `do` they
    have no parentheses. If a `loop` was meant, that is said, and the line means nothing else."""
    first = p.at
    p.at = first + 1
    params: list[int] = []
    names: list[str] = []
    while p.kinds[p.at] == tk.IDENT:
        names.append(p.tokens.text(p.at))
        params.append(p.add(nk.PARAM, p.at))
        p.at += 1
        if not p.accept(tk.COMMA):
            break
    last = p.at if p.kinds[p.at] == tk.BAR else p.at - 1
    shown = ", ".join(names)
    if len(names) > 1 and not in_block:
        shown = f"({shown})"
    if in_braces:
        help_text = f"write `({shown} -> …)` in place of the braces, in which one parameter is called `it`"
        p.report("QZ0021", first, last=last, help=help_text, found="`|`")
    else:
        written = f"{shown} ->"
        replace = None if loop else written
        p.report("QZ0020", first, last=last, help=loop, replace=replace, found="`|`", expected=f"`{written}`")
    p.at = last + 1
    return params


def _do_params_ahead(p: Parser, at: int) -> bool:
    """Whether parameters follow `do`; `name: for` is the label of a loop. A name that is all there is on
    the line lacks its `->`."""
    kinds = p.kinds
    if kinds[at] != tk.IDENT:
        return False
    if kinds[at + 1] == tk.COLON:
        return kinds[at + 2] not in (tk.FOR, tk.WHILE, tk.UNTIL, tk.LOOP)
    is_alone = kinds[at + 1] == tk.NEWLINE and p.tokens.data[p.tokens.start[at + 1]] != _SEMICOLON
    return is_alone or kinds[at + 1] in (tk.ARROW, tk.COMMA)


_SEMICOLON = ord(";")


def _bars_end(p: Parser, at: int) -> bool:
    """Whether `|a, b|`, the parameters of a lambda of another language, stand here."""
    kinds = p.kinds
    at += 1
    while kinds[at] == tk.IDENT and kinds[at + 1] == tk.COMMA:
        at += 2
    return kinds[at] == tk.IDENT and kinds[at + 1] == tk.BAR


def lambda_in_bars(p: Parser) -> int:
    """`|x| e`, as other languages write a lambda; any other `|` misses what should be before it."""
    at = p.at
    if not _bars_end(p, at):
        return missing_operand(p)
    params = _params_in_bars(p)
    return p.add(nk.LAMBDA, at, p.list(params), expression(p))


def lambda_without_params(p: Parser) -> int:
    """`|| e`, which is `-> e` here; at the beginning of a line it is an operator."""
    at = p.at
    if p.kinds[at - 1] == tk.NEWLINE:
        return missing_operand(p)
    p.report("QZ0020", at, replace="->", found="`||`", expected="`->`")
    p.at = at + 1
    return p.add(nk.LAMBDA, at, 0, expression(p))


def it_lambda(p: Parser) -> int:
    """`{ … it … }`: an expression, or statements between `;`."""
    opener = p.at
    p.at = opener + 1
    params = _params_in_bars(p, in_braces=True) if p.kinds[p.at] == tk.BAR else None
    body = statement(p)
    if p.kinds[p.at] == tk.NEWLINE or p.kind_of(body) >= nk.BLOCK:
        body = block(p, [body])
    p.close(opener, "`}`")
    if params is not None:
        return p.add(nk.LAMBDA, opener, p.list(params), body)
    return p.add(nk.LAMBDA_IT, opener, 0, body)
