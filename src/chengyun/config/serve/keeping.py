"""What the processes say, kept: JSON lines in data/logs, and a short line on the terminal for what matters."""

import json
import logging
import logging.handlers
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

LARGEST = 20_000_000  # bytes of one log file
KEPT = 5  # older files of each process
LOUD = {"WARNING", "ERROR", "CRITICAL"}


def say(words: str) -> None:
    """A short line for a person, with the time of day."""
    sys.stderr.write(f"{datetime.now():%H:%M:%S} {words}\n")  # noqa: DTZ005 (the reader's own clock)
    sys.stderr.flush()


class LogKeeper:
    """One rotating file of JSON lines for each process."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.lock = threading.Lock()
        self.files: dict[str, logging.handlers.RotatingFileHandler] = {}

    def keep(self, process: str, line: str) -> None:
        """Keep a line of a process: a JSON object as it is, other text as the words of one."""
        entry = self._entry(process, line)
        self._write(process, json.dumps(entry, ensure_ascii=False))
        if entry.get("level") in LOUD:
            say(f"{process}: {entry.get('words')}")

    def event(self, words: str, **facts: Any) -> None:
        """Keep what the supervisor did, and say it."""
        entry = {"time": _now(), "process": "supervisor", "level": "INFO", "words": words, **facts}
        self._write("supervisor", json.dumps(entry, ensure_ascii=False))
        say(words)

    def follow(self, process: str, stream: IO[str]) -> threading.Thread:
        """Keep every line of `stream` until it ends."""

        def pump() -> None:
            with stream:
                for line in stream:
                    if line.strip():
                        self.keep(process, line.rstrip("\n"))

        thread = threading.Thread(target=pump, name=f"log of {process}", daemon=True)
        thread.start()
        return thread

    def close(self) -> None:
        with self.lock:
            for file in self.files.values():
                file.close()

    def _entry(self, process: str, line: str) -> dict[str, Any]:
        try:
            entry = json.loads(line)
        except ValueError:
            entry = None
        if not isinstance(entry, dict):
            entry = {"time": _now(), "level": "INFO", "words": line}
        return {"process": process, **entry}

    def _write(self, process: str, line: str) -> None:
        with self.lock:
            if process not in self.files:
                path = self.folder / f"{process}.jsonl"
                self.files[process] = logging.handlers.RotatingFileHandler(
                    path, maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8"
                )
            self.files[process].emit(logging.makeLogRecord({"msg": line}))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
