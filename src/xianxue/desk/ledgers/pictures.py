"""Photographs as they are shown: upright, small enough, and saying nothing of where and by what.

A telephone writes into a picture where it was taken, with which device and which way up it was
held. What is shown is drawn anew from the picture's points alone; the file that was handed in stays
as it came, under its digest.
"""

from __future__ import annotations

from io import BytesIO
from typing import Final

SMALL: Final = 240
"""Points of the longer side in a row of pictures."""
LARGE: Final = 1600
"""Points of the longer side where one picture is looked at: a screen is no larger."""
_MOST_POINTS: Final = 120_000_000
"""More than any telephone has: a file that claims more was made to fill the memory."""
_QUALITY: Final = 85
_PAPER: Final = (255, 255, 255)


class NoPictureError(ValueError):
    """A file that cannot be drawn."""


def shown_picture(data: bytes, side: int) -> bytes:
    """Draw a picture upright as a JPEG with nothing beside its points; NoPictureError for none."""
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415 - loads slowly

    try:
        with Image.open(BytesIO(data), formats=("JPEG", "PNG")) as opened:
            wide, high = opened.size
            if wide * high > _MOST_POINTS:
                raise NoPictureError(opened.size)
            # A JPEG is read at a fraction of its size where that will do: less to hold.
            opened.draft("RGB", (side, side))
            turned = ImageOps.exif_transpose(opened)
            turned.thumbnail((side, side))
            with_paper = turned.convert("RGBA")
            drawn = Image.new("RGB", with_paper.size, _PAPER)
            drawn.paste(with_paper, mask=with_paper.getchannel("A"))
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise NoPictureError(str(error)) from error
    kept = BytesIO()
    drawn.save(kept, "JPEG", quality=_QUALITY)
    return kept.getvalue()
