"""The judgement: what is wrong with a list and how to mend it. No I/O, no clock, no GitHub.

These are the only names that `bot` may use.
"""

from rules._arxiv import what_is_wrong as arxiv_mistake
from rules._arxiv import written_id as written_arxiv_id
from rules._changes import Changes, changes
from rules._claims import Agreement, Claim, check_claim
from rules._classify import Evaluation, Guess, asks, classify, evaluate
from rules._compare import Remark, compare, compose
from rules._constraints import Constraint
from rules._conventions import Conventions, Mark, Order, TableConventions, infer
from rules._correction import Correction, correct
from rules._diagnostic import Diagnostic, Edit, Fix, Move, Severity, apply
from rules._document import Document, Row, Section, Span, Table, parse
from rules._finding import Standing, find_mentioned, find_rows
from rules._labels import Label, Naming, plan_labels, renamed_labels
from rules._limits import DocumentError
from rules._mentions import Mention, mentions
from rules._merge import Clash, Conflict, Merged, merge
from rules._merged import Known
from rules._months import MONTHS
from rules._paper_facts import Paper
from rules._paper_row import NewRow, said_on, write_row
from rules._papers import identify, same_title
from rules._registry import Config, Rule, all_rules, explain, fix, lint
from rules._say import Line, Text, say
from rules._slugs import Anchors, anchors
from rules._stated import Stated
from rules._told import Told, told

__all__ = [
    "MONTHS",
    "Agreement",
    "Anchors",
    "Changes",
    "Claim",
    "Clash",
    "Config",
    "Conflict",
    "Constraint",
    "Conventions",
    "Correction",
    "Diagnostic",
    "Document",
    "DocumentError",
    "Edit",
    "Evaluation",
    "Fix",
    "Guess",
    "Known",
    "Label",
    "Line",
    "Mark",
    "Mention",
    "Merged",
    "Move",
    "Naming",
    "NewRow",
    "Order",
    "Paper",
    "Remark",
    "Row",
    "Rule",
    "Section",
    "Severity",
    "Span",
    "Standing",
    "Stated",
    "Table",
    "TableConventions",
    "Text",
    "Told",
    "all_rules",
    "anchors",
    "apply",
    "arxiv_mistake",
    "asks",
    "changes",
    "check_claim",
    "classify",
    "compare",
    "compose",
    "correct",
    "evaluate",
    "explain",
    "find_mentioned",
    "find_rows",
    "fix",
    "identify",
    "infer",
    "lint",
    "mentions",
    "merge",
    "parse",
    "plan_labels",
    "renamed_labels",
    "said_on",
    "same_title",
    "say",
    "told",
    "write_row",
    "written_arxiv_id",
]
