"""The stages of a program beside each other, as one page for a browser: `dump-ir --html`."""
