"""Runs a notebook from top to bottom, as a class would: `python notebook.py lesson.ipynb`. A cell that fails ends it.

    pip install nbclient ipykernel
"""

import sys

import nbformat
from nbclient import NotebookClient

notebook = nbformat.read(sys.argv[1], as_version=4)
NotebookClient(notebook, timeout=300).execute()
cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
pictures = [output for cell in cells for output in cell.outputs if "image/svg+xml" in output.get("data", {})]
print(f"{len(cells)} cells run, {len(pictures)} charts shown")
assert pictures, "a lesson shows charts"
