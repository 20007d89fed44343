""" "Did you mean": the known names nearest to an unknown one."""

from __future__ import annotations

from collections.abc import Iterable

_MAX_NAME = 60

OTHER_WORDS = {
    **dict.fromkeys(("length", "len", "count"), ("size",)),
    **dict.fromkeys(("println", "say", "echo", "log"), ("puts",)),
    **dict.fromkeys(("printf", "write"), ("print",)),
    **dict.fromkeys(("append", "add", "insert", "put", "push_back"), ("push", "set", "add")),
    **dict.fromkeys(("include?", "includes", "includes?", "member?"), ("contains", "has")),
    **dict.fromkeys(("contains_key", "containsKey", "has_key", "has_key?", "contains"), ("has",)),
    **dict.fromkeys(("peek", "front", "head"), ("first", "top")),
    "back": ("last",),
    **dict.fromkeys(("from", "from_vec", "from_list", "from_iter"), ("of",)),
    **dict.fromkeys(("remove", "erase", "unset"), ("delete",)),
    **dict.fromkeys(("key?", "has_value?", "contains?"), ("has",)),
    "transform": ("map",),
    **dict.fromkeys(("select", "where", "find_all"), ("filter",)),
    **dict.fromkeys(("reduce", "inject", "foldl", "fold"), ("fold", "reduce")),
    **dict.fromkeys(("detect", "first_where"), ("find",)),
    **dict.fromkeys(("position", "index", "find_index"), ("index_of", "find_index", "byte_index_of")),
    **dict.fromkeys(("uniq", "dedup", "distinct"), ("unique",)),
    **dict.fromkeys(("each_slice", "in_groups_of"), ("chunks",)),
    **dict.fromkeys(("each_cons", "each_cons_of"), ("windows",)),
    **dict.fromkeys(("drop", "drop_first"), ("skip",)),
    **dict.fromkeys(("drop_while",), ("skip_while",)),
    **dict.fromkeys(("keep_if", "select!", "filter!"), ("retain",)),
    **dict.fromkeys(("extend", "merge", "merge!", "addAll", "append_all", "push_all"), ("append",)),
    **dict.fromkeys(("to_a", "to_list", "toArray", "entries", "items"), ("to_vec", "collect")),
    **dict.fromkeys(("for_each", "forEach"), ("each",)),
    "every": ("all?",),
    "some": ("any?",),
    **dict.fromkeys(("rev", "reverse"), ("reversed",)),
    **dict.fromkeys(("pop_back", "pop_right"), ("pop_last", "pop")),
    **dict.fromkeys(("transform_values", "mapValues"), ("map_values",)),
    **dict.fromkeys(("fetch", "dig"), ("get", "get_or")),
    **dict.fromkeys(("get_or_default", "getOrDefault", "get_or_else"), ("get_or",)),
    **dict.fromkeys(("compute_if_absent", "computeIfAbsent", "setdefault"), ("get_or_set",)),
    **dict.fromkeys(("get_or_insert", "get_or_insert_with"), ("get_or_set",)),
    **dict.fromkeys(("gsub", "sub", "replace_all"), ("replace",)),
    **dict.fromkeys(("start_with?", "starts_with?", "startswith", "startsWith"), ("starts_with",)),
    **dict.fromkeys(("end_with?", "ends_with?", "endswith", "endsWith"), ("ends_with",)),
    **dict.fromkeys(("ljust", "pad_right"), ("pad_end",)),
    **dict.fromkeys(("rjust", "pad_left"), ("pad_start",)),
    **dict.fromkeys(("lstrip", "trim_left"), ("trim_start",)),
    **dict.fromkeys(("rstrip", "trim_right"), ("trim_end",)),
    **dict.fromkeys(("strip_prefix", "removeprefix", "delete_prefix"), ("without_prefix",)),
    **dict.fromkeys(("strip_suffix", "removesuffix", "delete_suffix"), ("without_suffix",)),
    **dict.fromkeys(("split_whitespace", "fields"), ("words",)),
    **dict.fromkeys(("alpha?", "is_alpha", "is_alphabetic", "isalpha"), ("letter?",)),
    **dict.fromkeys(("alnum?", "is_alphanumeric", "isalnum"), ("alphanumeric?",)),
    **dict.fromkeys(("whitespace?", "is_whitespace", "blank?", "isspace"), ("space?",)),
    **dict.fromkeys(("is_uppercase", "isupper"), ("upper?",)),
    **dict.fromkeys(("is_lowercase", "islower"), ("lower?",)),
    **dict.fromkeys(("to_string", "str", "toString", "inspect"), ("to_s", "show")),
    **dict.fromkeys(("to_int", "parse", "parse_int"), ("to_i",)),
    **dict.fromkeys(("to_float", "parse_float"), ("to_f",)),
    **dict.fromkeys(("numeric?", "is_numeric", "isdigit", "digits?"), ("digit?", "int?")),
    **dict.fromkeys(("find", "indexOf"), ("index_of",)),
    **dict.fromkeys(("rfind", "rindex", "lastIndexOf"), ("last_index_of",)),
    "partition": ("split_once",),
    "as_bytes": ("bytes",),
    **dict.fromkeys(("upcase", "uppercase", "to_uppercase"), ("to_upper",)),
    **dict.fromkeys(("downcase", "lowercase", "to_lowercase"), ("to_lower",)),
    **dict.fromkeys(("strip", "chomp"), ("trim",)),
    **dict.fromkeys(("is_empty", "isEmpty", "empty"), ("empty?",)),
    **dict.fromkeys(("is_some", "is_some?"), ("some?",)),
    **dict.fromkeys(("is_none", "is_none?"), ("none?",)),
}
"""What other languages call things, with what they may be called here."""


def edit_distance(a: str, b: str, limit: int) -> int | None:
    """Insertions, deletions, replacements and swaps of neighbours from `a` to `b`; None if over `limit`."""
    if abs(len(a) - len(b)) > limit:
        return None
    before_last: list[int] = []
    last = list(range(len(b) + 1))
    for i, character in enumerate(a, 1):
        row = [i]
        for j, other in enumerate(b, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (character != other))
            if i > 1 and j > 1 and character == b[j - 2] and a[i - 2] == other:
                cost = min(cost, before_last[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return None
        before_last, last = last, row
    return last[-1] if last[-1] <= limit else None


def nearest(name: str, known: Iterable[str], n: int = 1) -> list[str]:
    """Up to `n` of the known names that a slip of the pen could have turned into `name`, best first.

    A third of the name's length may differ, but never all of it. The same letters in another case, or the
    same words in another order (`size_max` for `max_size`), always count.
    """
    if not 0 < len(name) <= _MAX_NAME:
        return []
    limit = min(max(len(name), 3) // 3, len(name) - 1)
    folded = name.lower()
    words = sorted(folded.split("_"))
    found: list[tuple[int, int, str]] = []
    for candidate in known:
        if not candidate or candidate == name:
            continue
        lower = candidate.lower()
        if lower == folded:
            found.append((0, 0, candidate))
            continue
        distance = edit_distance(folded, lower, limit)
        if distance is not None:
            # Among equals, one that begins alike is likelier meant.
            found.append((distance, lower[0] != folded[0], candidate))
        elif len(words) > 1 and sorted(lower.split("_")) == words:
            found.append((limit, 1, candidate))
    return list(dict.fromkeys(candidate for _, _, candidate in sorted(found)))[:n]


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A help line with the best candidate, or the empty text; what other languages say is known as well."""
    is_inner = name.startswith("_")
    names = [word for word in known if is_inner or not word.startswith("_")]
    asked = f"{name.removeprefix('is_').removesuffix('?')}?"  # rather than `is_…`
    elsewhere = [word for word in (*OTHER_WORDS.get(name, ()), asked) if word in names]
    candidates = elsewhere or nearest(name, names)
    return f"did you mean `{candidates[0]}`?" if candidates else ""
