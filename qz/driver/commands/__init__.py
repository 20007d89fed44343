"""The commands of `qz`, a file each."""
