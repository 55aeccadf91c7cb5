"""The judgement: what is wrong with a list and how to mend it. No I/O, no clock, no GitHub.

These are the only names that `bot` may use.
"""

from rules._changes import Changes, changes
from rules._compare import Remark, compare, compose
from rules._constraints import Constraint
from rules._conventions import Conventions, Mark, Order, TableConventions, infer
from rules._diagnostic import Diagnostic, Edit, Fix, Move, Severity, apply
from rules._document import Document, Row, Section, Span, Table, parse
from rules._limits import DocumentError
from rules._mentions import Mention, mentions
from rules._merge import Clash, Conflict, Merged, merge
from rules._merged import Known
from rules._papers import identify, same_title
from rules._registry import Config, Rule, all_rules, explain, fix, lint
from rules._say import Line, Text, say
from rules._slugs import Anchors, anchors

__all__ = [
    "Anchors",
    "Changes",
    "Clash",
    "Config",
    "Conflict",
    "Constraint",
    "Conventions",
    "Diagnostic",
    "Document",
    "DocumentError",
    "Edit",
    "Fix",
    "Known",
    "Line",
    "Mark",
    "Mention",
    "Merged",
    "Move",
    "Order",
    "Remark",
    "Row",
    "Rule",
    "Section",
    "Severity",
    "Span",
    "Table",
    "TableConventions",
    "Text",
    "all_rules",
    "anchors",
    "apply",
    "changes",
    "compare",
    "compose",
    "explain",
    "fix",
    "identify",
    "infer",
    "lint",
    "mentions",
    "merge",
    "parse",
    "same_title",
    "say",
]
