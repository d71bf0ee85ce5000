"""Setting Django up for pages: over the same database and the same one set of settings."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from whitenoise import WhiteNoise

from xianxue.bureau.returns.files.bounds import MOST_FILES
from xianxue.desk.backup.taking_place import settle_broken
from xianxue.desk.database.opening import let_go
from xianxue.desk.standing import standing as standings
from xianxue.desk.standing.standing import Standing
from xianxue.desk.stores.site_key import site_key
from xianxue.web.gate.faults import MOST_BYTES
from xianxue.web.kit.packing import Packing

HERE: Final = Path(__file__).parent
MIDDLEWARE: Final = [
    "django.middleware.gzip.GZipMiddleware",
    "xianxue.web.gate.enter.guarding",
    "xianxue.web.gate.enter.entering",
    "xianxue.web.gate.barrier.holding",
    "django.middleware.csrf.CsrfViewMiddleware",
    "xianxue.web.gate.faults.TellingFaults",
]


def setting_up(
    root: Path, *, debug: bool = False, secure: bool = False, proxies: int = 0
) -> Standing:
    """Set Django up to show a workspace; the database is opened and brought up to date.

    ``secure``: people come by https, so cookies are never sent without it. ``proxies``: how many
    of ours stand before it.
    """
    # What somebody's browser did wrong is told to them; a log of it would grow at their pleasure.
    logging.getLogger("django.request").setLevel(logging.ERROR)
    logging.getLogger("django.security").setLevel(logging.CRITICAL)
    # Before it is opened: a process that died while it put a backup back may have left something.
    settle_broken(root)
    standing = standings.standing(root)
    standing.ground()
    from xianxue.desk.works.running import tell_broken_off  # noqa: PLC0415 - after the settings

    # One process serves a county: what an earlier one was doing goes on nowhere.
    tell_broken_off()
    for name, value in _settings(standing, debug=debug, secure=secure, proxies=proxies).items():
        setattr(settings, name, value)
    return standing


def _settings(standing: Standing, *, debug: bool, secure: bool, proxies: int) -> dict[str, Any]:
    return {
        "DEBUG": False,
        "XIANXUE_STANDING": standing,
        "XIANXUE_DEMO": standing.ground().gate.demo,
        "XIANXUE_DEBUG": debug,
        "XIANXUE_PROXIES": proxies,
        "SECRET_KEY": site_key(standing.root / "store"),
        # Whoever can reach the port may ask; what protects is the policy, not the name in the bar.
        "ALLOWED_HOSTS": ["*"],
        "ROOT_URLCONF": "xianxue.web.rooms",
        "MIDDLEWARE": MIDDLEWARE,
        "CSRF_COOKIE_SECURE": secure,
        "CSRF_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_SAMESITE": "Strict",
        "CSRF_COOKIE_NAME": "xianxue-form",
        "CSRF_FAILURE_VIEW": "xianxue.web.gate.faults.forged",
        "SESSION_COOKIE_SECURE": secure,
        "TEMPLATES": [
            {
                "BACKEND": "django.template.backends.jinja2.Jinja2",
                "NAME": "jinja2",
                "DIRS": [str(folder) for folder in sorted(HERE.glob("*/templates"))],
                "OPTIONS": {
                    "environment": "xianxue.web.kit.environment.environment",
                    "auto_reload": debug,
                },
            }
        ],
        "DATA_UPLOAD_MAX_MEMORY_SIZE": MOST_BYTES,
        # One more than a page takes, so that it is the page that says how many it takes.
        "DATA_UPLOAD_MAX_NUMBER_FILES": MOST_FILES + 1,
        "FILE_UPLOAD_MAX_MEMORY_SIZE": 4 * 1024 * 1024,
        "DATA_UPLOAD_MAX_NUMBER_FIELDS": 20_000,
        "LOGGING_CONFIG": None,
    }


def application() -> Packing:
    """Give the program that a server runs: pages, and before them the static files."""
    from xianxue.web.kit.addresses import STATIC, static_address  # noqa: PLC0415 - after the settings

    request_started.connect(let_go)
    request_finished.connect(close_old_connections)
    pages = WSGIHandler()
    prefix = static_address()
    # Their address changes with their content, so a browser never asks twice.
    files = WhiteNoise(pages, root=STATIC, prefix=prefix, max_age=365 * 24 * 3600)
    return Packing(files, prefix)
