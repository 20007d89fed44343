"""Every kind of node that may stand in a body is checked and generated: none falls between."""

from __future__ import annotations

import pytest

from qz.irgen.table import BY_KIND as GENERATED
from qz.sema.check.table import BY_KIND as CHECKED
from qz.sema.macros.expansion import EXPANDED
from qz.sema.resolve.resolver import SPINE
from qz.syntax.nodes import NodeKind as K

# Read by the node around them.
PARTS = {K.STRING_PART, K.TYPE_APPLY, K.NAMED_ARG, K.SPREAD, K.FIELD_INIT, K.MAP_ENTRY}
PARTS |= {K.IF_ARM, K.ARM, K.SELECT_ARM}
# Macro calls and what stands in macros are expanded before names are resolved; that makes names of others.
IN_BODIES = [kind for kind in K if K.INT <= kind <= K.COLLECT and kind not in {*PARTS, *EXPANDED, K.PLACED}]


@pytest.mark.parametrize("kind", IN_BODIES, ids=lambda kind: kind.name)
def test_kind_goes_all_the_way(kind: K) -> None:
    if kind not in SPINE:
        assert kind in CHECKED
        assert kind in GENERATED
