"""Photographs as they are shown: large ones become small, and what is none is said to be none."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from xianxue.desk.ledgers.pictures import NoPictureError, shown_picture


def test_a_photograph_of_48_megapixels_is_shown_as_large_as_it_is_asked_for():
    kept = io.BytesIO()
    Image.new("RGB", (8000, 6000), "blue").save(kept, "JPEG")
    with Image.open(io.BytesIO(shown_picture(kept.getvalue(), 240))) as shown:
        assert shown.size == (240, 180)


@pytest.mark.parametrize("data", [b"", b"MZ\x90\x00 a program", b"\xff\xd8\xff"])
def test_what_is_no_photograph_is_none_whatever_it_is_called(data):
    with pytest.raises(NoPictureError):
        shown_picture(data, 240)
