"""Every function that is answered by Python instead of being interpreted, by its symbol."""

from dialects.interpreters import (
    arena_models,
    c_models,
    fibres,
    foreign_models,
    net_models,
    panic_models,
    system_models,
    text_models,
    vec_models,
    weak_models,
)
from dialects.interpreters.machine import Model

MODELS: dict[str, Model] = {
    **text_models.MODELS,
    **vec_models.MODELS,
    **weak_models.MODELS,
    **arena_models.MODELS,
    **panic_models.MODELS,
    **system_models.MODELS,
    **c_models.MODELS,
    **fibres.MODELS,
    **foreign_models.MODELS,
    **net_models.MODELS,
}
