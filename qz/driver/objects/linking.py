"""Objects to an executable, which is kept: the same objects need not be linked again."""

import os

from qz.codegen.linker import Linker, find_linker
from qz.codegen.machine import host_triple
from qz.driver.caching.cache import Cache, open_cache
from qz.driver.caching.fingerprint import compiler_fingerprint, digest
from qz.driver.options import Options
from qz.driver.temporary_folder import TemporaryFolder


def link_objects(options: Options, triple: str, objects: tuple[bytes, ...], output: str) -> None:
    """Writes the executable. `LinkerMissingError` and `LinkError` say why that cannot be."""
    linker = find_linker(triple, native=triple == host_triple())
    cache = open_cache(wanted=options.use_cache and not options.observes_functions)
    key = _key(linker, triple, objects) if cache is not None else ""
    image = cache.get(key) if cache is not None else None
    if image is not None:
        with open(os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o777), "wb") as file:
            file.write(image)
        return
    _link(linker, objects, output)
    if cache is not None:
        _keep(cache, key, output)


def _link(linker: Linker, objects: tuple[bytes, ...], output: str) -> None:
    with TemporaryFolder() as folder:
        names: list[str] = []
        for number, image in enumerate(objects):
            names.append(folder.path(f"unit{number}.o"))
            with open(names[-1], "wb") as file:
                file.write(image)
        linker.link(names, output, os.path.dirname(names[0]))


def _keep(cache: Cache, key: str, output: str) -> None:
    with open(output, "rb") as file:
        cache.put(key, file.read())


def _key(linker: Linker, triple: str, objects: tuple[bytes, ...]) -> str:
    """All that decides the executable: the linker's own file stands for what it adds."""
    status = os.stat(linker.before[0])
    ways = (compiler_fingerprint(), triple, linker, status.st_size, status.st_mtime_ns)
    return digest(b"link", repr(ways).encode(), *objects)
