"""A list of four sections whose papers are easily told apart, for the tests of sorting."""

from __future__ import annotations

import rules

HEADER = "| Time | Title | Venue | Paper | Code |\n| --- | --- | --- | --- | --- |\n"
_TOPICS = {
    "Kettles and Teapots": "boiling spout copper kettle teapot steam whistle",
    "Bridges": "arch span river bridge girder crossing pillar",
    "1.2 Bird Song": "warbler dawn chorus melody nest feather chirp",
    "Night Trains": "sleeper carriage railway timetable platform conductor locomotive",
}
_FRAMES = "On {} and {}: a Study of {}|Learning {} from {} with {}|Why {} Needs {} and {}".split(
    "|"
)
TITLE = "# Awesome Pastimes"


def title(words: list[str], number: int) -> str:
    n = len(words)
    chosen = (words[number % n], words[(number + 1 + number // n) % n], words[(number * 3 + 2) % n])
    return _FRAMES[number % 3].format(*(word.title() for word in chosen)) + f" {number}"


def section(heading: str, words: str, serial: int, count: int = 24) -> str:
    rows = [
        f"| 2024.0{number % 9 + 1} | {title(words.split(), serial + number)} | ABC 2024 "
        f"| [link](https://arxiv.org/abs/2401.{serial + number:05d}) | - |\n"
        for number in range(count)
    ]
    return f"### {heading}\n\n{HEADER}{''.join(rows)}\n"


def text(extra: str = "") -> str:
    parts = [section(name, words, n * 100) for n, (name, words) in enumerate(_TOPICS.items(), 1)]
    return f"{TITLE}\n\n## Papers\n\n{''.join(parts)}{extra}"


def document(extra: str = "") -> rules.Document:
    return rules.parse(text(extra))


def first(title: str, body: str = "", extra: str = "") -> tuple[str, str]:
    """The heading and the reason of the best guess; empty where nothing is said."""
    guesses = rules.classify(document(extra), title, body)
    return (guesses[0].path[-1], guesses[0].why) if guesses else ("", "")
