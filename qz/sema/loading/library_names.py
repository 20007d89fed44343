"""Names of the library that are asked for by an import, for those who forgot it."""

_CONCURRENCY = (
    *("Mutex", "RwLock", "Atomic", "WaitGroup", "Once", "OnceCell", "Semaphore", "CancelToken", "TaskGroup"),
    *(
        "go_scope",
        "go_scope_timeout",
        "go_race",
        "go_supervisor",
        "spawn",
        "go_spawn",
        "task_group",
        "atomic_new",
    ),
    *("mutex_new", "mutex_lock", "mutex_try_lock", "mutex_unlock", "semaphore_new"),
    *("rwlock_new", "rwlock_read", "rwlock_write", "waitgroup_new", "oncecell_new"),
    *("cancel_token_new", "cancel_token_with_deadline"),
)

MODULE_OF = dict.fromkeys(_CONCURRENCY, "concurrency")
"""Where a name is declared that nobody takes for his own."""


def import_hint(name: str) -> str:
    """What to write to have a name, or "" where nothing is known of it."""
    module = MODULE_OF.get(name)
    return "" if module is None else f"write `import {{ {name} }} from {module}` at the top"
