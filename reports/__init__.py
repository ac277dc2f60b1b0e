"""What screens, command line and management pack share: answers, figures, packs, words and formats."""

import os

# The fits are small: threads of linear algebra only wait for one another, and for whoever else is at work. It
# must be said before numpy is imported, so here; a server that has it imported already is started with it.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
