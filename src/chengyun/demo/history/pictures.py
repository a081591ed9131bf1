"""Synthetic pictures for cases: drawn, plainly not photos, put into the storage once and shown by many."""

import io
import random

from django.conf import settings
from PIL import Image, ImageDraw

from chengyun.demo.history.life import Picture
from chengyun.kernel.actor import System
from chengyun.kernel.files.actions import store

SIZE = (640, 480)
EACH = 10


def make_pictures(seed: int) -> dict[str, list[Picture]]:
    """Ten pictures of each role, "before" with a mess in them and "after" without."""
    settings.ENV.files_dir.mkdir(parents=True, exist_ok=True)
    luck = random.Random(seed)
    return {
        role: [_stored(draw_picture(luck, mess=role == "before")) for _ in range(EACH)] for role in ("before", "after")
    }


def _stored(data: bytes) -> Picture:
    kept = store(data, actor=System("demo"), purpose="photo")
    return Picture(kept.source, kept.sha256, kept.thumb, kept.mime, kept.size, kept.width or 0, kept.height or 0)


def draw_picture(luck: random.Random, *, mess: bool) -> bytes:
    """A street with houses and a tree; a heap of things on the pavement if there is a mess."""
    wide, high = SIZE
    picture = Image.new("RGB", SIZE, (luck.randint(150, 200), luck.randint(190, 220), 235))
    draw = ImageDraw.Draw(picture)
    horizon = luck.randint(200, 260)
    x = 0
    while x < wide:
        width, top, shade = luck.randint(60, 140), luck.randint(50, horizon - 40), luck.randint(140, 210)
        draw.rectangle((x, top, x + width, horizon), fill=(shade, shade - 12, shade - 26))
        for wx in range(x + 10, x + width - 14, 24):
            for wy in range(top + 12, horizon - 18, 30):
                draw.rectangle((wx, wy, wx + 12, wy + 16), fill=(90, 110, 130))
        x += width + luck.randint(4, 16)
    draw.rectangle((0, horizon, wide, horizon + 70), fill=(176, 172, 164))
    draw.rectangle((0, horizon + 70, wide, high), fill=(96, 98, 102))
    for stripe in range(20, wide, 110):
        draw.rectangle((stripe, high - 80, stripe + 60, high - 72), fill=(235, 235, 225))
    trunk = luck.randint(60, wide - 60)
    draw.rectangle((trunk - 6, horizon - 60, trunk + 6, horizon + 40), fill=(98, 74, 52))
    draw.ellipse((trunk - 48, horizon - 130, trunk + 48, horizon - 40), fill=(86, 140, 78))
    for _ in range(luck.randint(14, 34) if mess else 0):
        at, down, size = luck.gauss(wide / 2, 70), horizon + luck.randint(20, 90), luck.randint(8, 30)
        colour = (luck.randint(60, 210), luck.randint(50, 170), luck.randint(40, 140))
        draw.rectangle((at, down, at + size, down + size * 0.7), fill=colour)
    draw.text((12, high - 24), "SYNTHETIC DEMO PICTURE", fill=(250, 250, 250))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=82)
    return out.getvalue()
