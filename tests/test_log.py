from __future__ import annotations

import json
import subprocess
import sys

PROGRAM = """
import logging, structlog
from bot import log
structlog_log = structlog.get_logger("bot.server")
log.configure("info")
structlog_log.debug("too fine")
structlog_log.info("request", delivery="guid", odd="\\ud800\\n")
logging.getLogger("aiohttp.server").info("chatter")
logging.getLogger("dbos").warning("waits")
"""


def test_the_log_is_json_on_standard_error_where_that_is_no_terminal() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, check=True)
    assert done.stdout == b""
    first, second = map(json.loads, done.stderr.splitlines())
    assert (first["event"], first["level"], first["delivery"]) == ("request", "info", "guid")
    assert first["odd"] == "\ud800\n"
    assert (second["event"], second["level"]) == ("waits", "warning")
