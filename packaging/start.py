"""Where a frozen program begins."""

import sys

from readinglist.__main__ import main

sys.exit(main())
