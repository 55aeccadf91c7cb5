from __future__ import annotations

import pytest

from bot.job_id import JobId


@pytest.mark.parametrize("text", ["d:lint", "d:lint:a1", "d:lint:r2", "d:lint:r2:a10"])
def test_an_id_reads_as_it_was_written(text: str) -> None:
    parsed = JobId.read(text)
    assert str(parsed) == text
    assert (parsed.delivery, parsed.handler) == ("d", "lint")


def test_a_redelivery_begins_anew_and_a_continuation_counts_on() -> None:
    last = JobId.read("d:lint:r1:a3")
    assert str(last.continued()) == "d:lint:r1:a4"
    assert str(last.redelivered()) == "d:lint:r2"


def test_the_latest_of_a_family_is_the_greatest() -> None:
    family = ["d:lint:a9", "d:lint:r10", "d:lint:r2:a1", "d:lint", "d:lint:a10"]
    ordered = [str(member) for member in sorted(map(JobId.read, family))]
    assert ordered == ["d:lint", "d:lint:a9", "d:lint:a10", "d:lint:r2:a1", "d:lint:r10"]
