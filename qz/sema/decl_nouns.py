"""What kinds of declarations are called in messages."""

from qz.sema.decls import Decl

DECL_NOUNS = {
    "FunctionDecl": "a function",
    "FunctionGroup": "a function",
    "StructDecl": "a type",
    "BinaryDecl": "a type",
    "EnumDecl": "a type",
    "NewtypeDecl": "a type",
    "PackedDecl": "a type",
    "TraitDecl": "a trait",
    "VariantDecl": "a variant",
    "AliasDecl": "a type",
    "ConstDecl": "a constant",
    "GlobalDecl": "a global",
    "ModuleDecl": "a module",
    "MacroDecl": "a macro",
    "MacroGroup": "a macro",
    "UnsupportedDecl": "a declaration",
}


def describe(decl: Decl) -> str:
    """What kind of thing a declaration is, for messages."""
    return DECL_NOUNS[type(decl).__name__]
