"""The LLVM texts of a program's functions, by group: what will be compiled together, whole modules mostly.

Only some bytes are in memory at a time: the rest lies in a file of the compilation's own folder, or, from the
last time, in the cache. Texts are read back when a unit is put together.
"""

from __future__ import annotations

import marshal
from array import array
from collections.abc import Callable, Iterable
from hashlib import blake2b

from lowering.emit_llvm import FunctionText
from qz.driver.caching.cache import Cache
from qz.driver.caching.fingerprint import digest
from qz.driver.made import TextKey

_BUFFERED = 1 << 17  # bytes in memory
_PLAIN = 2  # a version of the format: later ones write what is equal in other ways if others refer to it, too


class LostTextError(Exception):
    """A text that was there is not in the cache any more: another compiler cleaned up meanwhile."""


def packed(group: str, text: FunctionText) -> tuple[TextKey, bytes]:
    """A text of a group as bytes, and its key."""
    parts = (text.name, text.text, text.declarations, text.strings, text.metadata, text.defined)
    image = marshal.dumps(parts, _PLAIN)
    return TextKey(group, text.name, blake2b(image, digest_size=16).digest(), len(text.text)), image


class FunctionTexts:
    """Texts are added once each; ``path`` gives a file its place, and ``kept`` says which files of the cache
    hold those of the last time."""

    def __init__(self, path: Callable[[str], str], cache: Cache | None, kept: dict[str, str]) -> None:
        self._path = path
        self._cache = cache
        self._kept = kept
        self._file = ""  # with what was added, in that order, up to what is in the buffer
        self._file_size = 0
        self._buffer = bytearray()
        self._places: dict[str, array[int]] = {}  # by group, where in the file its texts begin
        self._last: dict[str, dict[str, bytes]] = {}  # the images of the group that was asked for last

    def add(self, group: str, text: FunctionText) -> TextKey:
        """A text that was made now."""
        key, image = packed(group, text)
        self.add_image(key, image)
        return key

    def add_image(self, key: TextKey, image: bytes) -> None:
        """A text as `packed` gives it."""
        places = self._places.setdefault(key.group, array("Q"))
        places.append(self._file_size + len(self._buffer))
        self._buffer += marshal.dumps((key.symbol, image))
        self._last.clear()
        if len(self._buffer) > _BUFFERED:
            self._spill()

    def load(self, keys: Iterable[TextKey]) -> list[FunctionText]:
        """Texts of one group, in the order asked for."""
        found: list[FunctionText] = []
        images: dict[str, bytes] = {}
        group = None
        for key in keys:
            if key.group != group:
                group, images = key.group, self._images(key.group)
            image = images.get(key.symbol)
            if image is None:
                raise LostTextError(key.symbol)
            found.append(FunctionText(*marshal.loads(image)))
        return found

    def keep(self, keys: Iterable[TextKey]) -> dict[str, str]:
        """Puts what is not there yet into the cache; by group, the file that has its texts."""
        if self._cache is None:
            return {}
        groups: dict[str, list[TextKey]] = {}
        for key in keys:
            groups.setdefault(key.group, []).append(key)
        for group, wanted in groups.items():
            name = digest(b"texts", *(key.symbol.encode() + key.digest for key in wanted))
            if self._kept.get(group) != name:
                images = self._images(group)
                chosen = {key.symbol: images[key.symbol] for key in wanted if key.symbol in images}
                if len(chosen) < len(wanted) or not self._cache.put(name, marshal.dumps(chosen)):
                    self._kept.pop(group, None)
                    continue
                self._kept[group] = name
        return {group: name for group, name in self._kept.items() if group in groups}

    def _images(self, group: str) -> dict[str, bytes]:
        """Every text of a group that there is, those that were made now over those of the last time."""
        if group in self._last:
            return self._last[group]
        images: dict[str, bytes] = {}
        data = self._cache.get(self._kept[group]) if self._cache is not None and group in self._kept else None
        if data is not None:
            images.update(marshal.loads(data))
        if group in self._places:
            self._spill()
            with open(self._file, "rb") as file:
                for place in self._places[group]:
                    file.seek(place)
                    symbol, image = marshal.load(file)
                    images[symbol] = image
        self._last = {group: images}
        return images

    def _spill(self) -> None:
        if not self._buffer:
            return
        if not self._file:
            self._file = self._path("texts")
        with open(self._file, "ab") as file:
            file.write(self._buffer)
        self._file_size += len(self._buffer)
        self._buffer.clear()
