"""LLVM text in, objects and running programs out: targets, passes, workers, linking, just-in-time loading.

Nothing here knows of Quartz: the floor below is ``qz.base``, and the only thing above that is needed is text.
"""
