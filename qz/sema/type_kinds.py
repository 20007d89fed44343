"""The kinds of types under names of a module, for code that asks for kinds all the time.

A member of an enum costs a slow attribute look-up each time it is named; a name in a module costs next to
nothing. Import as a module: `from qz.sema import type_kinds as tyk`.
"""

from qz.sema.types import TypeKind

NONE = TypeKind.NONE
ERROR = TypeKind.ERROR
VOID = TypeKind.VOID
NEVER = TypeKind.NEVER
BOOL = TypeKind.BOOL
I8 = TypeKind.I8
I16 = TypeKind.I16
I32 = TypeKind.I32
I64 = TypeKind.I64
U8 = TypeKind.U8
U16 = TypeKind.U16
U32 = TypeKind.U32
U64 = TypeKind.U64
CHAR = TypeKind.CHAR
F32 = TypeKind.F32
F64 = TypeKind.F64
STRING = TypeKind.STRING
SYMBOL = TypeKind.SYMBOL
POINTER = TypeKind.POINTER
REFERENCE = TypeKind.REFERENCE
NULLABLE = TypeKind.NULLABLE
VEC = TypeKind.VEC
ARRAY = TypeKind.ARRAY
STRUCT = TypeKind.STRUCT
ENUM = TypeKind.ENUM
NEWTYPE = TypeKind.NEWTYPE
TRAIT = TypeKind.TRAIT
DYN = TypeKind.DYN
TUPLE = TypeKind.TUPLE
RECORD = TypeKind.RECORD
UNION = TypeKind.UNION
CONSTANT = TypeKind.CONSTANT
COMPUTED = TypeKind.COMPUTED
FN = TypeKind.FN
RANGE = TypeKind.RANGE
PARAM = TypeKind.PARAM
VARIABLE = TypeKind.VARIABLE
