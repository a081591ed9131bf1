"""Ids: bigint inside, UUIDv7 outside, and counters for numbers that people read."""

import os
import time
import uuid

from django.db import models
from django.db.models import F


def new_uuid() -> uuid.UUID:
    """A UUIDv7 (RFC 9562): 48 bits of milliseconds, then random, so that keys made later sort later."""
    milliseconds = time.time_ns() // 1_000_000
    tail = int.from_bytes(os.urandom(10), "big")
    value = (milliseconds & (1 << 48) - 1) << 80 | 0x7 << 76 | (tail >> 68) << 64 | 0b10 << 62 | tail & (1 << 62) - 1
    return uuid.UUID(int=value)


class Counter(models.Model):
    """A running number by name. Its row is taken last in a transaction, so that it is held for a moment only."""

    name = models.CharField(max_length=80, primary_key=True)
    value = models.BigIntegerField(default=0)

    class Meta:
        app_label = "kernel"


def take_number(name: str, count: int = 1) -> int:
    """The first of `count` fresh numbers of counter `name`, from 1. Call last in the action's transaction."""
    changed = Counter.objects.filter(name=name).update(value=F("value") + count)
    if not changed:
        Counter.objects.bulk_create([Counter(name=name, value=0)], ignore_conflicts=True)
        Counter.objects.filter(name=name).update(value=F("value") + count)
    return Counter.objects.values_list("value", flat=True).get(name=name) - count + 1
