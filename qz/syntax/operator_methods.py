"""What the method of an operator is called, by the sign that other languages declare it with."""

from __future__ import annotations

from qz.syntax import token_numbers as tk

OPERATOR_METHODS: dict[int, str] = {
    tk.PLUS: "op_add",
    tk.MINUS: "op_sub",
    tk.STAR: "op_mul",
    tk.SLASH: "op_div",
    tk.PERCENT: "op_mod",
    tk.SHL: "op_shl",
    tk.AMP: "op_and",
    tk.BAR: "op_or",
    tk.CARET: "op_xor",
    tk.EQ: "op_eq",
    tk.NE: "op_ne",
    tk.LT: "op_lt",
    tk.LE: "op_le",
    tk.GT: "op_gt",
    tk.GE: "op_ge",
    tk.LBRACKET: "op_index",
}
