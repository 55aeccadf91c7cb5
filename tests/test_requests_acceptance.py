"""Rows of the real lists, taken out and written again; and what real requests say."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

import pytest

import rules
from rules import Paper, Row, Table
from rules._context import Context
from rules._row_facts import read as facts_of_row
from tests.real_lists import LISTS, acceptance, read

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = acceptance

WHOLE = sorted([*LISTS.glob("*/README.md"), *LISTS.glob("*/SEED.md")])
ROWS = 12
# Of rows with a title and a paper's link, how many come back with the same text for a reader.
ALIKE = 0.9
