"""``qz lsp``: the Language Server Protocol, by which editors show what the compiler knows.

https://microsoft.github.io/language-server-protocol (3.17). Messages come on standard input and go to
standard output; nothing else may be written there.
"""
