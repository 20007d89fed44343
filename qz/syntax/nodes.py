"""The kinds of syntax node, and what the columns of each mean.

A node is one row of an arena: ``kind``, ``token`` (the token that names or introduces it), ``lhs`` and
``rhs``. Each comment below says what the last two hold:

    node      the index of a node; 0 is "none"
    list      an index into ``extra``: a count, then that many node indices; index 0 is the empty list
    extra(…)  an index into ``extra`` of the words named, without a count
    token     the index of a token; 0 is "none"

Sugar with one meaning is undone by the parser, so that later phases never see it: ``unless c`` is ``if not
c``, ``until c`` is ``while not c``, a postfix guard is the statement around it, an ``elsif`` chain is one
flat `IF`, and ``x |> f(y)`` is ``f(x, y)``.
"""

from enum import IntEnum, auto


class NodeKind(IntEnum):
    """One kind for each production of the grammar; the value is the byte stored in the ``kind`` column."""

    ROOT = 0  # node 0: the "none" that every index can point at
    POISON = auto()  # stands where a syntax error was reported; silences what follows

    # Literals and names
    INT = auto()  # token, suffix included
    FLOAT = auto()  # token, suffix included
    CHAR = auto()  # token
    STRING = auto()  # token: a whole string without interpolation, quotes included
    INTERPOLATION = auto()  # lhs list: STRING_PART and expression nodes; parts without text are left out
    STRING_PART = auto()  # token: a run of literal text inside an interpolated string
    SYMBOL = auto()  # token ":name"
    TRUE = auto()
    FALSE = auto()
    NIL = auto()
    SELF = auto()
    IDENT = auto()  # token
    PATH = auto()  # token: the last name; lhs node: IDENT or PATH before the "::"

    # Postfix
    FIELD = auto()  # token: the name; lhs node: the object (also tuple fields: the token is an INT)
    OPT_FIELD = auto()  # "?.", token: the name; lhs node: OPT_VALUE
    OPT_VALUE = auto()  # token "?."; lhs node: the object before it. Stands for what the object holds
    # token: `(`, `{` or `do`; lhs node: the callee, a FIELD in method calls; rhs list: arguments
    CALL = auto()
    TYPE_APPLY = auto()  # lhs node: IDENT, PATH or FIELD; rhs list: types. `f<T>` before a call or ".new"
    NAMED_ARG = auto()  # token: the name; lhs node: the value
    SPREAD = auto()  # lhs node
    INDEX = auto()  # lhs node: the object; rhs node: the index (a RANGE makes a slice)
    UNWRAP = auto()  # lhs node: `e!` and `$unwrap(e)`
    TRY = auto()  # lhs node: `e?` and `$try(e)`
    CAST = auto()  # lhs node; rhs node: the type
    WITH = auto()  # lhs node: the object; rhs list: FIELD_INIT
    MACRO_CALL = auto()  # token: the name after "$"; lhs token: the module or 0; rhs list: arguments

    # Prefix
    NEG = auto()  # lhs node
    NOT = auto()  # lhs node: `not e`, `!e`
    BIT_NOT = auto()  # lhs node
    REF = auto()  # lhs node: `&e`
    REF_MUT = auto()  # lhs node: `&mut e`
    AWAIT = auto()  # lhs node
    GO = auto()  # lhs node: a call or a LAMBDA
    ASYNC = auto()  # lhs node

    # Binary; lhs node, rhs node. Chains lean left and may be of any length: walk the left spine in a loop.
    ADD = auto()
    SUB = auto()
    MUL = auto()
    DIV = auto()
    REM = auto()
    SHL = auto()
    SHR = auto()
    BIT_AND = auto()
    BIT_OR = auto()
    BIT_XOR = auto()
    EQ = auto()
    NE = auto()
    LT = auto()
    LE = auto()
    GT = auto()
    GE = auto()
    IN = auto()
    AND = auto()
    OR = auto()
    COALESCE = auto()  # `??`, leans right
    IS = auto()  # rhs node: a pattern
    RANGE = auto()  # `a..b`; directly in an INDEX either side may be 0
    RANGE_INCLUSIVE = auto()  # `a..=b`; as RANGE
    RANGE_STEP = auto()  # lhs node: a range; rhs node: the step

    # Compound expressions
    TUPLE = auto()  # lhs list
    VEC_LIT = auto()  # lhs list
    MAP_LIT = auto()  # lhs list: MAP_ENTRY
    MAP_ENTRY = auto()  # lhs node: key; rhs node: value
    RECORD_LIT = auto()  # lhs list: FIELD_INIT
    STRUCT_LIT = auto()  # lhs node: TYPE_NAME; rhs list: FIELD_INIT
    FIELD_INIT = auto()  # token: the field; lhs node: the value
    COMPREHENSION = auto()  # lhs node: FOR and IF inside each other, innermost a COLLECT; rhs 1: of a map
    LAMBDA = auto()  # token `->`, `do`; lhs list: PARAM, PARAM_PATTERN; rhs node: an expression or BLOCK
    LAMBDA_IT = auto()  # rhs node: an expression or a BLOCK in which `it` is the parameter
    IF = auto()  # lhs list: IF_ARM; rhs node: the else BLOCK or 0
    IF_ARM = auto()  # lhs node: the condition; rhs node: a BLOCK
    MATCH = auto()  # lhs node: the scrutinee; rhs list: ARM
    ARM = auto()  # token `=>`; lhs node: a pattern; rhs extra(guard node or 0, body: a statement or BLOCK)
    CLAUSES = auto()  # token: the name of the function; lhs list: FN. The body of the FN that holds them all
    SELECT = auto()  # lhs list: SELECT_ARM
    # lhs node: the recv/send call, 0 for default; rhs extra(binding token or 0, body node)
    SELECT_ARM = auto()
    COMPTIME = auto()  # lhs node: an expression or a BLOCK
    QUOTE = auto()  # lhs node: a BLOCK
    UNQUOTE = auto()  # lhs node
    UNQUOTE_EACH = auto()  # lhs node
    ONCE = auto()  # made by `$assert` and `$debug`. lhs node: an expression whose value is remembered
    AGAIN = auto()  # lhs: a ONCE that was evaluated; rhs token: a STRING for what cannot be shown, or 0
    TAP = auto()  # lhs node: an expression; rhs node: a statement to run then; the value is the expression's
    BEHIND = auto()  # token: a place. lhs node: a PLACED; rhs node: a statement to run before it
    PLACED = auto()  # token: that of a PAT_PLACE, whose part this is: both become the name of one local
    BLOCK = auto()  # lhs list: statements; rhs token: where it ends (the closing `end`, `else`, …)

    # Statements; RETURN, BREAK, CONTINUE, YIELD and loops may also stand for an operand (`x ?? return y`)
    VAR = auto()  # token: the name; lhs node: a type or 0; rhs node: the value
    LET = auto()  # `name: T = e`; as VAR
    # lhs node: IDENT, FIELD or INDEX; rhs node. For an IDENT the resolver says: bind or assign
    ASSIGN = auto()
    ASSIGN_OP = auto()  # token: the operator (`+=`, `??=`, …); lhs node: the target; rhs node: the value
    DESTRUCTURE = auto()  # lhs node: a pattern; rhs node
    VAR_PATTERN = auto()  # token `var`; as DESTRUCTURE, but that every name is a new variable
    RETURN = auto()  # lhs node or 0
    BREAK = auto()  # lhs node: the value or 0; rhs token: the label or 0
    CONTINUE = auto()  # rhs token: the label or 0
    WHILE = auto()  # lhs node: the condition; rhs node: a BLOCK
    LOOP = auto()  # rhs node: a BLOCK
    FOR = auto()  # lhs list: patterns; rhs extra(iterable node, BLOCK node)
    LABELED = auto()  # token: the label; lhs node: WHILE, LOOP or FOR
    DEFER = auto()  # lhs node: a statement
    YIELD = auto()  # lhs node
    COLLECT = auto()  # lhs node: what a comprehension gains, an expression or a MAP_ENTRY

    # Patterns
    PAT_WILD = auto()
    PAT_NAME = auto()  # token: a new name, or a constant or variant of that name: the resolver says
    PAT_LITERAL = auto()  # lhs node: a literal, NEG of one, or a STRING
    PAT_RANGE = auto()  # token `..` or `..=`; lhs node, rhs node: literals, IDENT or PATH, or 0
    PAT_VARIANT = auto()  # lhs node: IDENT or PATH; rhs list: patterns, PAT_FIELD for a part by its name
    PAT_STRUCT = auto()  # lhs node: TYPE_NAME; rhs list: PAT_FIELD
    PAT_FIELD = auto()  # token: the field; lhs node: a pattern, 0 for the shorthand
    PAT_TUPLE = auto()  # lhs list
    PAT_VEC = auto()  # lhs list, at most one PAT_REST
    PAT_REST = auto()  # `..` or `..name`; rhs token: the name or 0
    PAT_OR = auto()  # lhs list
    PAT_AT = auto()  # token: the name; lhs node: a pattern
    PAT_TYPED = auto()  # lhs node: a pattern; rhs node: a type
    PAT_PLACE = auto()  # token: the one before a place that is assigned by a PLACED

    # Types
    TYPE_NAME = auto()  # token: the name; lhs list: arguments; rhs token: the module or 0 (`json::JsonValue`)
    TYPE_FN = auto()  # lhs list: parameter types; rhs node: the result or 0
    TYPE_TUPLE = auto()  # lhs list
    TYPE_RECORD = auto()  # lhs list: TYPE_FIELD; rhs token: the row variable or 0
    TYPE_FIELD = auto()  # token: the name; lhs node: a type
    TYPE_UNION = auto()  # lhs list
    TYPE_INTERSECTION = auto()  # lhs list
    TYPE_REF = auto()  # lhs node
    TYPE_REF_MUT = auto()  # lhs node
    TYPE_NEVER = auto()
    TYPE_IMPL = auto()  # lhs list: bounds
    TYPE_DYN = auto()  # lhs node
    TYPE_CONST = auto()  # lhs node: a constant expression given as a type argument

    # Items
    FN = auto()  # token: the name; lhs extra(FnHeader); rhs node: BLOCK, an expression (endless), or 0
    PARAM = auto()  # token: the name; lhs node: a type or 0; rhs node: the default or 0
    PARAM_SELF = auto()  # lhs: 0 `self`, 1 `&self`, 2 `&mut self`
    PARAM_PATTERN = auto()  # lhs node: a pattern; rhs node: a type or 0
    PARAM_REST = auto()  # token: the name; lhs node: the element type or 0
    TYPE_PARAM = auto()  # token: the name; lhs list: bounds
    CONST_PARAM = auto()  # token: the name; lhs node: the type
    WHERE_BOUND = auto()  # token: the name; lhs list: bounds
    STRUCT = auto()  # token: the name; lhs extra(type parameter list, annotation list); rhs list: FIELD_DECL
    FIELD_DECL = auto()  # token: the name; lhs node: the type; rhs node: the default or 0
    ENUM = auto()  # token: the name; lhs extra(type parameter list, annotation list); rhs list: VARIANT
    VARIANT = auto()  # token: the name; lhs list: PAYLOAD
    # token: the name or the type's first token; lhs node: the type; rhs: 1 where it is named
    PAYLOAD = auto()
    TRAIT = auto()  # token: the name; lhs extra(type parameters, annotations, supertraits, where: lists)
    # lhs extra(parameter list, annotation list, trait node or 0, target node, negative 0|1, where list)
    IMPL = auto()
    EXTEND = auto()  # as IMPL, with 0 for the trait
    ALIAS = auto()  # token: the name; lhs list: type parameters; rhs node: a type
    NEWTYPE = auto()  # token: the name; rhs node: a type
    CONST = auto()  # token: the name; lhs node: a type or 0; rhs node: the value
    GLOBAL = auto()  # token: the name; lhs node: a type or 0; rhs node: the value or 0
    STATIC_ASSERT = auto()  # lhs node: the condition; rhs node: the message or 0
    MACRO = auto()  # token: the name; lhs list: PARAM and PARAM_REST; rhs node: STRING/INTERPOLATION or QUOTE
    TEST = auto()  # token: the name's string; rhs node: a BLOCK
    # token: `import`; lhs extra(path list of IDENT, name list of IDENT, alias token, wildcard 0|1)
    IMPORT = auto()
    BINARY = auto()  # token: the name; rhs list: BIN_FIELD and BIN_MATCH
    BIN_FIELD = auto()  # token: the name; lhs node: a BIN_TYPE; rhs node: the value or 0
    BIN_TYPE = auto()  # token: `u16be`, `bytes`, a name; lhs node: the size of bytes(n)/pstring(uN), or 0
    BIN_LIST = auto()  # `[T; n]`; lhs node: a BIN_TYPE; rhs node: the count or 0
    BIN_MATCH = auto()  # token: the discriminant field; rhs list: BIN_ARM
    BIN_ARM = auto()  # token: the integer; lhs list: BIN_FIELD
    # token: the name; lhs token: the backing type; rhs list: BIN_FIELD (BIN_TYPE token: the bits)
    PACKED = auto()
    ANNOTATION = auto()  # token: the name; lhs list: expressions and NAMED_ARG


LAMBDAS = frozenset({NodeKind.LAMBDA, NodeKind.LAMBDA_IT})
"""Functions without a name, with their parameters or with `it`."""
