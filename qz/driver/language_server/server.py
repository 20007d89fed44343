"""The server: open documents, what is known of them, and the requests about them."""

import gc
import os
import sys
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple, cast

from qz.base.source import Span
from qz.driver.build import Build
from qz.driver.faults import fault_summary
from qz.driver.laid_out import laid_out
from qz.driver.language_server.completion import PLACEHOLDER, proposals
from qz.driver.language_server.findings import actions, by_file
from qz.driver.language_server.lookup import Found, look_up, module_of, token_at
from qz.driver.language_server.outline import symbols
from qz.driver.language_server.places import UTF8, UTF16, Places, path_of, uri_of
from qz.driver.language_server.renaming import Edit, RefusedError, own_modules, rename
from qz.driver.language_server.signatures import call_at
from qz.driver.language_server.transport import Json, ProtocolError, Transport
from qz.driver.language_server.uses import uses_of
from qz.driver.options import Options
from qz.driver.report import report_alone
from qz.driver.session import Session
from qz.driver.version import VERSION
from qz.sema.modules import ModuleEnv

_METHOD_NOT_FOUND, _INTERNAL_ERROR, _NOT_INITIALIZED = -32601, -32603, -32002
_REQUEST_FAILED = -32803
_FULL_TEXT = 1  # a change comes as the whole text
_SECONDS_OF_QUIET = 0.1  # before what was typed is looked at

_Handler = Callable[["Server", Json], object]


class Checked(NamedTuple):
    """A document as it was checked last."""

    session: Session
    build: Build
    module: ModuleEnv


class Document:
    """An open file: its text as the editor has it, and what is known of that."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.checked: Checked | None = None
        self.told: set[str] = set()  # the URIs of which the editor was told something


def run_language_server(options: Options) -> int:
    """Serves one editor on standard input and output until it says that it leaves."""
    server = Server(options, Transport(sys.stdin.fileno(), sys.stdout.buffer))
    try:
        return server.run()
    except ProtocolError as error:
        report_alone(options, "QZ9007", problem=str(error))
        return 2


class Server:
    """One editor's server. Documents are checked one at a time, when nobody types."""

    def __init__(self, options: Options, transport: Transport) -> None:
        self._options = options
        self._transport = transport
        self._documents: dict[str, Document] = {}
        self._stale: dict[str, None] = {}  # URIs of what changed since it was checked, in that order
        self._places = Places()
        self._is_initialized = self._is_shut_down = False
        gc.disable()
        gc.freeze()

    def run(self) -> int:
        """Answers messages until the last; 0 if the editor said goodbye first."""
        while True:
            if self._stale and self._transport.is_quiet(_SECONDS_OF_QUIET):
                self._check_stale()
            message = self._transport.read()
            if message is None or message.get("method") == "exit":
                return 0 if self._is_shut_down else 1
            self._answer(message)

    def _answer(self, message: Json) -> None:
        name, number = message.get("method"), message.get("id")
        if not isinstance(name, str):
            return  # an answer to something that was never asked
        handler = _HANDLERS.get(name)
        params = message.get("params")
        outcome: Json
        if handler is None:
            outcome = _error(_METHOD_NOT_FOUND, f"`{name}` is not known here")
        elif not self._is_initialized and name != "initialize":
            outcome = _error(_NOT_INITIALIZED, "the first message must be `initialize`")
        else:
            given = cast(Json, params if isinstance(params, dict) else {})
            outcome = _guarded(lambda: handler(self, given))
        if number is not None:
            self._transport.write({"id": number, **outcome})
        elif handler is not None:
            self._log_error(outcome)

    def _log_error(self, outcome: Json) -> None:
        if "error" in outcome:
            text = cast(Json, outcome["error"])["message"]
            self._transport.write({"method": "window/logMessage", "params": {"type": 1, "message": text}})

    # The life of a server

    def initialize(self, params: Json) -> Json:
        general = cast(Json, cast(Json, params.get("capabilities") or {}).get("general") or {})
        encodings = cast(list[str], general.get("positionEncodings") or [])
        encoding = UTF8 if UTF8 in encodings else UTF16
        self._places = Places(encoding)
        self._is_initialized = True
        capabilities: Json = {
            "positionEncoding": encoding,
            "textDocumentSync": {"openClose": True, "change": _FULL_TEXT, "save": True},
            "hoverProvider": True,
            "definitionProvider": True,
            "referencesProvider": True,
            "documentHighlightProvider": True,
            "renameProvider": {"prepareProvider": True},
            "signatureHelpProvider": {"triggerCharacters": ["(", ","]},
            "completionProvider": {"triggerCharacters": [".", ":"]},
            "documentSymbolProvider": True,
            "documentFormattingProvider": True,
            "codeActionProvider": {"codeActionKinds": ["quickfix"]},
        }
        return {"capabilities": capabilities, "serverInfo": {"name": "qz", "version": VERSION}}

    def initialized(self, params: Json) -> None:
        """The editor is ready; nothing waits for that."""

    def shut_down(self, params: Json) -> None:
        self._is_shut_down = True

    # Documents

    def opened(self, params: Json) -> None:
        document = cast(Json, params["textDocument"])
        uri = str(document["uri"])
        path = path_of(uri)
        if path is not None:
            self._documents[uri] = Document(path, str(document["text"]))
            self._stale[uri] = None

    def changed(self, params: Json) -> None:
        uri = _uri(params)
        document = self._documents.get(uri)
        if document is not None:
            document.text = str(cast(list[Json], params["contentChanges"])[-1]["text"])
            self._stale[uri] = None

    def saved(self, params: Json) -> None:
        """What a file has become is news to all that import it."""
        self._stale.update(dict.fromkeys(self._documents))

    def closed(self, params: Json) -> None:
        uri = _uri(params)
        document = self._documents.pop(uri, None)
        self._stale.pop(uri, None)
        if document is not None:
            self._publish(document, {})

    def _check_stale(self) -> None:
        while self._stale:
            uri = next(iter(self._stale))
            del self._stale[uri]
            self._log_error(_guarded(partial(self._check, self._documents[uri])))

    def _check(self, document: Document) -> None:
        """Checks a document with what it imports, as the editor has them, and publishes what is found."""
        document.checked = None
        build = self._loaded(document.path, document.text)
        build.check_all()
        module = module_of(build, document.path)
        if module is not None:
            document.checked = Checked(build.session, build, module)
        self._publish(document, by_file(build.session, self._places))

    def _loaded(self, path: str, text: str) -> Build:
        """A program whose main file has that text; what it imports is as the editor has it."""
        return self._loaded_with(path, {path: text.encode()})

    def _loaded_with(self, path: str, contents: dict[str, bytes]) -> Build:
        """A program some of whose files have other contents than the editor has."""
        gc.unfreeze()
        gc.collect()  # what was left the last time
        session = Session(self._options._replace(files=(path,), error_format="json"))
        session.sink.wants_hints = True
        build = Build(session)
        texts = {other.path: other.text.encode() for other in self._documents.values()} | contents
        for other, text in texts.items():
            build.provide(other, text)
        build.load(path, texts.get(path))
        return build

    def _publish(self, document: Document, found: dict[str, list[Json]]) -> None:
        found.setdefault(uri_of(document.path), [])
        for uri in sorted(document.told - set(found)):
            found[uri] = []
        document.told = {uri for uri, findings in found.items() if findings}
        for uri, findings in found.items():
            params = {"uri": uri, "diagnostics": findings}
            self._transport.write({"method": "textDocument/publishDiagnostics", "params": params})

    # Questions

    def _known(self, params: Json) -> Checked | None:
        """What is known of the document asked about, as it is now."""
        uri = _uri(params)
        document = self._documents.get(uri)
        if document is None:
            return None
        if uri in self._stale:
            del self._stale[uri]
            self._check(document)
        return document.checked

    def _found(self, params: Json) -> tuple[Checked, Found] | None:
        known = self._known(params)
        if known is None:
            return None
        found = look_up(known.build, known.module, self._offset(known, params))
        return None if found is None else (known, found)

    def _found_widely(self, params: Json) -> tuple[Checked, Found] | None:
        """The same in the largest program that has the file: what imports it may mention it too."""
        self._check_stale()
        programs = [document.checked for document in self._documents.values() if document.checked is not None]
        path = path_of(_uri(params)) or ""
        having = [(known, module_of(known.build, path)) for known in programs]
        having = [known._replace(module=module) for known, module in having if module is not None]
        if not having:
            return None
        widest = max(having, key=lambda known: len(known.build.program.modules))
        found = look_up(widest.build, widest.module, self._offset(widest, params))
        return None if found is None else (widest, found)

    def _offset(self, known: Checked, params: Json) -> int:
        """The byte asked about."""
        place = cast(dict[str, int], params["position"])
        return self._places.offset(known.module.source, place["line"], place["character"])

    def hover(self, params: Json) -> Json | None:
        match self._found(params):
            case (known, found):
                text = f"```quartz\n{found.code}\n```\n{found.words}".strip()
                contents = {"kind": "markdown", "value": text}
                return {"contents": contents, "range": self._places.range(known.module.source, found.span)}
            case None:
                return None

    def definition(self, params: Json) -> Json | None:
        match self._found(params):
            case (known, Found(declared=span)) if span is not None:
                return self._location(known, span)
            case _:
                return None

    def highlights(self, params: Json) -> list[Json]:
        """The mentions of a name in the file where it was asked about."""
        match self._found(params):
            case (known, Found(declared=span)) if span is not None:
                uses = uses_of(known.build, span, [known.module])
                return [{"range": self._places.range(known.module.source, use.span)} for use in uses]
            case _:
                return []

    def references(self, params: Json) -> list[Json]:
        """All mentions of a name in the files of the program, those of the library left out."""
        match self._found_widely(params):
            case (known, Found(declared=span)) if span is not None:
                wanted = cast(Json, params.get("context") or {}).get("includeDeclaration", True)
                uses = uses_of(known.build, span, own_modules(known.build))
                return [self._location(known, use.span) for use in uses if wanted or use.span != span]
            case _:
                return []

    def prepare_rename(self, params: Json) -> Json | None:
        """The word whose name could be another one."""
        match self._found(params):
            case (known, Found(declared=span) as found) if span is not None:
                return self._places.range(known.module.source, found.span)
            case _:
                return None

    def rename(self, params: Json) -> Json:
        """The edits that give what stands at a place another name."""
        match self._found_widely(params):
            case (known, Found(declared=span)) if span is not None and known.build.main_module is not None:
                load = partial(self._loaded_with, known.build.main_module.source.path)
                edits = rename(known.build, span, str(params["newName"]), load)
                return {"changes": dict(self._changes(known, edits))}
            case _:
                raise RefusedError("there is no name here")

    def _changes(self, known: Checked, edits: dict[str, list[Edit]]) -> Iterator[tuple[str, list[Json]]]:
        for path, found in edits.items():
            source = known.session.sources.get(found[0].span.file)
            changes: list[Json] = [
                {"range": self._places.range(source, edit.span), "newText": edit.text} for edit in found
            ]
            yield uri_of(os.path.abspath(path)), changes

    def signatures(self, params: Json) -> Json | None:
        """What the call around a place could be given."""
        known = self._known(params)
        call = call_at(known.build, known.module, self._offset(known, params)) if known else None
        if call is None:
            return None
        shown = [
            {
                "label": one.header,
                "documentation": one.words,
                "parameters": [{"label": p} for p in one.parameters],
            }
            for one in call.signatures
        ]
        fits = (n for n, one in enumerate(call.signatures) if len(one.parameters) > call.n_before)
        return {"signatures": shown, "activeSignature": next(fits, 0), "activeParameter": call.n_before}

    def _location(self, known: Checked, span: Span) -> Json:
        source = known.session.sources.get(span.file)
        return {"uri": uri_of(os.path.abspath(source.path)), "range": self._places.range(source, span)}

    def completion(self, params: Json) -> list[Json]:
        document = self._documents.get(_uri(params))
        known = self._known(params)
        if document is None or known is None:
            return []
        source, offset = known.module.source, self._offset(known, params)
        word = PLACEHOLDER if not source.text(offset - 1, offset).isidentifier() else ""
        text = source.text(0, offset) + word + source.text(offset, len(source.data))
        build = self._loaded(document.path, text)
        module = module_of(build, document.path)
        token = token_at(module.tokens, offset) if module is not None else 0
        if module is None or not token:
            return []
        return [{"label": name, "kind": kind} for name, kind in proposals(build, module, token)]

    def document_symbols(self, params: Json) -> list[Json]:
        known = self._known(params)
        return [] if known is None else symbols(known.module, self._places)

    def formatting(self, params: Json) -> list[Json]:
        """One edit that replaces the document; none where nothing is to change, or it cannot be read."""
        document = self._documents[_uri(params)]
        text = laid_out(Session(self._options), document.path, document.text.encode())
        if text is None or text.decode() == document.text:
            return []
        end = {"line": document.text.count("\n") + 1, "character": 0}
        return [{"range": {"start": {"line": 0, "character": 0}, "end": end}, "newText": text.decode()}]

    def code_actions(self, params: Json) -> list[Json]:
        known = self._known(params)
        if known is None:
            return []
        source = known.module.source
        stretch = cast(dict[str, dict[str, int]], params["range"])
        start, end = (
            self._places.offset(source, place["line"], place["character"])
            for place in (stretch["start"], stretch["end"])
        )
        return list(actions(known.session, source, start, end, self._places))


def _uri(params: Json) -> str:
    return str(cast(Json, params["textDocument"])["uri"])


def _guarded(action: Callable[[], object]) -> Json:
    """What came of an action. Of a fault the editor is told; the server goes on."""
    try:
        return {"result": action()}
    except RefusedError as refused:
        return _error(_REQUEST_FAILED, str(refused))
    except Exception as error:
        return _error(_INTERNAL_ERROR, fault_summary(error))


def _error(code: int, message: str) -> Json:
    return {"error": {"code": code, "message": message}}


_HANDLERS: dict[str, _Handler] = {
    "initialize": Server.initialize,
    "initialized": Server.initialized,
    "shutdown": Server.shut_down,
    "textDocument/didOpen": Server.opened,
    "textDocument/didChange": Server.changed,
    "textDocument/didSave": Server.saved,
    "textDocument/didClose": Server.closed,
    "textDocument/hover": Server.hover,
    "textDocument/definition": Server.definition,
    "textDocument/references": Server.references,
    "textDocument/documentHighlight": Server.highlights,
    "textDocument/prepareRename": Server.prepare_rename,
    "textDocument/rename": Server.rename,
    "textDocument/signatureHelp": Server.signatures,
    "textDocument/completion": Server.completion,
    "textDocument/documentSymbol": Server.document_symbols,
    "textDocument/formatting": Server.formatting,
    "textDocument/codeAction": Server.code_actions,
}
