"""``python -m commonground`` is the command ``commonground``."""

import sys

from ._command import main

sys.exit(main())
