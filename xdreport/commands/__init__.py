"""The commands, a file each: a Typer `app` that `cli` puts among the others, and the function behind it.

A command turns arguments into objects, makes one call, and hands what comes back to `terminal`. What it needs is
imported when it runs, so that the help of all of them comes at once.
"""
