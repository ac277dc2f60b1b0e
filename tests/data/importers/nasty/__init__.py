"""Small files that other readers get silently wrong, each with what must come of it."""

from tests.data.importers.nasty.cells import CELLS
from tests.data.importers.nasty.layouts import LAYOUTS
from tests.data.importers.nasty.rows import ROWS

TABLE = [*LAYOUTS, *ROWS, *CELLS]
