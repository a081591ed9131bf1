"""Logs as one JSON object a line, without personal data: no message of an error, no body, no query string."""

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any

_PLAIN = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class JsonLines(logging.Formatter):
    """Time, level, logger, words, and whatever was passed as `extra`.

    Of an exception the type and the places it passed are written. Its message is not: it may hold anybody's data.
    """

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "words": record.getMessage(),
        }
        line |= {key: value for key, value in vars(record).items() if key not in _PLAIN and key != "request"}
        if record.exc_info and record.exc_info[1]:
            line["error"] = places_of(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False, default=_plainly)


def place_of(error: BaseException) -> str:
    """Type of an error and where it was raised, in one short line."""
    places = places_of(error)
    return f"{type(error).__name__} at {places[-1]}" if len(places) > 1 else type(error).__name__


def places_of(error: BaseException) -> list[str]:
    """The type of an error, then the places that it passed, the innermost last."""
    frames = traceback.extract_tb(error.__traceback__)
    return [
        type(error).__name__,
        *(f"{f.filename.rpartition('site-packages/')[2]}:{f.lineno} {f.name}" for f in frames),
    ]


def logging_config(level: str = "INFO") -> dict[str, Any]:
    """Django's LOGGING: everything as JSON lines on standard error."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "chengyun.kernel.health.log.JsonLines"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # A refused request is an answer, not an event; what the platform logs of requests it counts in metrics.
            "django.request": {"level": "ERROR"},
            "django.security": {"level": "ERROR"},
            "httpx": {"level": "WARNING"},
        },
    }


def _plainly(value: Any) -> str:
    """Ids and dates as text; of anything else only the type."""
    return str(value) if type(value).__module__ in {"uuid", "datetime"} else type(value).__name__
