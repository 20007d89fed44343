"""The mark of an access of which only one half of its check is needed."""

from xdsl.dialects.builtin import StringAttr

CHECKED = "qz.checked"
"""An attribute of an access: what of its index is checked, where that is not all."""

SIGN = StringAttr("sign")
"""Only whether it is below 0: it is known to be below the size."""
