"""Macros: what a module declares with `macro`, and what becomes of `$name(…)` in a body.

A macro is a template: a string that is read as code, or a `quote`. Both become a token table with holes
(`qz/syntax/template.py`), made when the macro is first called and kept with its module. Calls are expanded
after a body is parsed and before its names are resolved (`expansion.py`), outermost first: the template is
parsed into an arena of its own, copied into the body's with the arguments' trees in its holes, and what is
copied is looked through for more calls. An argument stays one operand, whatever the template has around it.

Every expansion has its own tokens, numbered behind those of the module (`qz/syntax/expanded_tokens.py`), and
the body has a module of its own to look names up in (`expanded_module.py`). With the two, three things follow
for everybody who handles bodies, without asking:

    hygiene   the symbol of a name that a template wrote is marked with its expansion. So what it binds hides
              nothing of the caller's, and what the caller binds is not visible to it; what neither binds is
              looked up where the macro is declared.
    places    the span of a token says which call it came from. A message points at the macro's text, and the
              sink adds a note for every call on the way.
    running   panics, backtraces and debug information name the place of the outermost call.

A statement that is a call becomes statements of the block around it, so that a macro may bind a name that
it was given. Anywhere else what it becomes is an expression, or a block that has a value.

`$assert` and `$debug` are built in (`builtin_macros.py`); `$try(e)` and `$unwrap(e)` are operators, which the
parser knows.
"""
