"""Set for every process of the tests, before anything large is imported."""

import os
import sys
from pathlib import Path

# The tests run side by side already: more threads of linear algebra only wait for one another.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

if sys.dont_write_bytecode:
    # Compiled files may not lie beside the sources, so they go to one folder. Without any, each worker and
    # each program that a test starts compiles the libraries again: collecting takes 12 s instead of 4, a
    # command 2.1 s instead of 0.7.
    sys.dont_write_bytecode = False
    sys.pycache_prefix = str(Path(__file__).resolve().parents[1] / ".pytest_cache" / "compiled")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix
