"""The grid editor from outside: where a sheet is, what stands in its cells, pasting."""

from __future__ import annotations

import re

PASTE = """([name, text, html]) => {
  const box = document.querySelector(`[name='c:${name}']`), data = new DataTransfer();
  box.focus();
  data.setData("text/plain", text);
  if (html) { data.setData("text/html", html); }
  const paste = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
  box.dispatchEvent(paste);
}"""


def values(page, *names: str) -> list[str]:
    return [page.input_value(f"[name='c:{name}']") for name in names]


def saved(page) -> None:
    page.wait_for_selector("#saved:has-text('草稿已存')", timeout=20000)


def first_grid(own_site, at: str) -> tuple[str, list[str]]:
    """A sheet of the return with a column of numbers: its name, and the names of its cells."""
    text = own_site.visitor("school_clerk").get(f"{at}edit/").text
    for sheet in re.findall(r"\?sheet=(\w+)", text):
        names = re.findall(
            r'<td class="number[^"]*"><input name="c:([^"]+)"',
            own_site.visitor("school_clerk").get(f"{at}edit/?sheet={sheet}").text,
        )
        if len(names) >= 6 and sheet != "foot":
            return sheet, names
    raise LookupError
