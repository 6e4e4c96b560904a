"""Pictures drawn anew: what was hidden in the old file (places, cameras, scripts, another file) does not come along."""

from __future__ import annotations

import io

from PIL import Image, ImageOps

from trustwide.engines.uploads.outcome import RefusedError

MOST_PIXELS = 50_000_000
LONGEST_SIDE = 4_000
QUALITY = 88
SAVE_AGAIN = "Open it in a picture program, save it as JPEG or PNG, and attach that."


def draw_anew(kind: str, content: bytes, most_bytes: int) -> tuple[str, bytes]:
    """A picture of a Pillow kind as a new JPEG or PNG: upright, no side over 4,000 pixels, its first frame only.

    Raises RefusedError where it has more than 50 million pixels, told before any is unpacked, or is damaged.
    """
    if kind == "WEBP":
        _check_pixels(*_webp_size(content))
    try:
        with Image.open(io.BytesIO(content), formats=[kind]) as picture:
            _check_pixels(*picture.size)
            if max(picture.size) > LONGEST_SIDE:  # a JPEG can be unpacked at half its size, in a quarter of the memory
                picture.draft(None, (picture.width // 2, picture.height // 2))
            drawn = _shrunk(_plain(picture), kind)
            ImageOps.exif_transpose(drawn, in_place=True)
            drawn.info.clear()  # notes, comments, colour profile: of the old file nothing but its pixels is written
            return _saved(drawn, kind, most_bytes)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large() from error
    except RefusedError:
        raise
    except Exception as error:  # on damaged pictures Pillow raises errors of many kinds
        raise RefusedError("The picture is damaged and cannot be opened.", SAVE_AGAIN) from error


def _check_pixels(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise _too_large()
    if min(width, height) < 1:
        raise RefusedError("The picture is empty.", SAVE_AGAIN)


def _too_large() -> RefusedError:
    return RefusedError("The picture has more than 50 million pixels.", "Make it smaller, and attach that.")


def _webp_size(content: bytes) -> tuple[int, int]:
    """The size that a WebP file gives at its head: Pillow makes room for the whole picture as it opens one."""
    kind, head = content[12:16], content[20:30].ljust(10, b"\0")
    if kind == b"VP8X":
        return int.from_bytes(head[4:7], "little") + 1, int.from_bytes(head[7:10], "little") + 1
    if kind == b"VP8L":
        bits = int.from_bytes(head[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return int.from_bytes(head[6:8], "little") & 0x3FFF, int.from_bytes(head[8:10], "little") & 0x3FFF


def _plain(picture: Image.Image) -> Image.Image:
    """In one of three forms: grey, colour, or colour with see-through parts."""
    if picture.mode.startswith("I"):  # 16 bits of grey
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in picture.info:
        return picture.convert("RGBA")
    return picture if picture.mode in ("L", "RGB") else picture.convert("L" if picture.mode == "1" else "RGB")


def _shrunk(picture: Image.Image, kind: str) -> Image.Image:
    """No side over the longest. A whole factor needs least memory; a JPEG was halved as it was unpacked."""
    if kind != "JPEG":
        return picture.reduce(-(-max(picture.size) // LONGEST_SIDE))
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return picture


def _saved(picture: Image.Image, kind: str, most_bytes: int) -> tuple[str, bytes]:
    if kind in ("PNG", "GIF") or picture.mode == "RGBA":
        picture.save(out := io.BytesIO(), "PNG")
        if len(out.getvalue()) <= most_bytes:
            return "png", out.getvalue()
        on_white = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(on_white, picture.convert("RGBA")).convert("RGB")
    picture.save(out := io.BytesIO(), "JPEG", quality=QUALITY)
    return "jpg", out.getvalue()
