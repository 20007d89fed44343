"""The only place that knows the order of the phases: from options to findings, files and running programs."""
