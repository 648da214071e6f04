"""Writes the tables named on the command line; `run` fetches what they are made of."""
import pathlib
import sys

import components
import folding
import sounds
import words
from sources import Sources

TABLES = {"folding": folding.write, "sounds": sounds.write, "words": words.write,
          "components": components.write}

archives, *wanted = sys.argv[1:]
for name in wanted or TABLES:
    if name not in TABLES:
        sys.exit(f"generate-tables: there is no table '{name}'; there are {', '.join(TABLES)}")
    TABLES[name](Sources(pathlib.Path(archives)))
