"""Pictures: opened, read for place and time, turned upright, and written anew without anything else in them."""

import io
import math
import threading
import warnings
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from PIL import Image, ImageOps, UnidentifiedImageError

from chengyun.kernel.files.archives import broken
from chengyun.kernel.refusal import TooLarge

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")  # a multi-picture JPEG opens as JPEG
QUALITY = 88
THUMB = (320, 320)
GPS, EXIF, TAKEN, TAKEN_OFFSET = 0x8825, 0x8769, 36867, 36881

# A picture of 50 megapixels takes 150 MB while it is open: two at a time, whatever the number of threads.
_room = threading.BoundedSemaphore(2)


@dataclass(frozen=True)
class Picture:
    """A picture as it is kept, its thumbnail (JPEG), and what the original said of itself.

    `position` is (longitude, latitude), WGS 84; `taken_at` is aware.
    """

    data: bytes
    mime: str
    width: int
    height: int
    thumb: bytes
    position: tuple[float, float] | None
    taken_at: datetime | None


def clean(data: bytes, megapixels: int, zone: str) -> Picture:
    """Write a picture anew. Raises TooLarge above `megapixels`, Invalid if it cannot be opened.

    `zone` is where the camera's clock is, unless the picture says so itself.
    """
    with _room, warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the check below is stricter
        try:
            with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
                _check_size(picture.size, megapixels)
                exif = picture.getexif()
                position, taken_at = _position(exif), _taken_at(exif, zone)
                upright = ImageOps.exif_transpose(picture)
                return _written(upright, picture.format == "PNG", position, taken_at)
        except Image.DecompressionBombError as error:
            raise _too_large(megapixels) from error
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, MemoryError) as error:
            raise broken("picture") from error


def _check_size(size: tuple[int, int], megapixels: int) -> None:
    if size[0] * size[1] > megapixels * 1_000_000:
        raise _too_large(megapixels)


def _too_large(megapixels: int) -> TooLarge:
    return TooLarge(
        "kernel.picture_too_large",
        f"a picture has at most {megapixels} million pixels",
        field="file",
        params={"megapixels": megapixels},
    )


def _written(
    picture: Image.Image, lossless: bool, position: tuple[float, float] | None, taken_at: datetime | None
) -> Picture:
    """Pixels only, in a new picture: no metadata, no second frame, nothing after the end."""
    see_through = "A" in picture.getbands() or "transparency" in picture.info
    pixels = picture.convert("RGBA" if see_through else "RGB")
    bare = Image.new(pixels.mode, pixels.size)
    bare.paste(pixels)
    target = io.BytesIO()
    if see_through or lossless:
        bare.save(target, "PNG", compress_level=6)
    else:
        bare.save(target, "JPEG", quality=QUALITY)
    mime = "image/png" if see_through or lossless else "image/jpeg"
    return Picture(target.getvalue(), mime, *bare.size, _thumb(bare), position, taken_at)


def _thumb(picture: Image.Image) -> bytes:
    small = picture.copy()
    small.thumbnail(THUMB)
    ground = Image.new("RGB", small.size, "white")
    ground.paste(small, mask=small.getchannel("A") if small.mode == "RGBA" else None)
    target = io.BytesIO()
    ground.save(target, "JPEG", quality=80)
    return target.getvalue()


def _position(exif: Image.Exif) -> tuple[float, float] | None:
    tags = exif.get_ifd(GPS)
    latitude, longitude = _degrees(tags.get(2), tags.get(1), "S"), _degrees(tags.get(4), tags.get(3), "W")
    if latitude is None or longitude is None or (latitude, longitude) == (0, 0):
        return None
    return (longitude, latitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def _degrees(parts: Any, side: Any, negative: str) -> float | None:
    try:
        degrees, minutes, seconds = (float(part) for part in parts)
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    value = degrees + minutes / 60 + seconds / 3600
    if not math.isfinite(value):
        return None
    return round(-value if side == negative else value, 7)


def _taken_at(exif: Image.Exif, zone: str) -> datetime | None:
    tags = exif.get_ifd(EXIF)
    text, offset = str(tags.get(TAKEN) or ""), str(tags.get(TAKEN_OFFSET) or "")
    try:
        moment = datetime.strptime(text.strip("\0 "), "%Y:%m:%d %H:%M:%S").replace(tzinfo=ZoneInfo(zone))
    except ValueError:
        return None
    try:
        return (
            datetime.fromisoformat(moment.replace(tzinfo=None).isoformat() + offset.strip("\0 ")) if offset else moment
        )
    except ValueError:
        return moment
