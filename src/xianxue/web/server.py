"""The server of one bureau: one process, some threads, on one address."""

from __future__ import annotations

import sys
from pathlib import Path
from threading import Thread
from typing import Final

from waitress.server import create_server

from xianxue.bureau.values.sentence import say
from xianxue.desk.workspace import MisusedError
from xianxue.web.site import application, setting_up

THREADS: Final = 8
"""Enough that one who waits for a long list keeps nobody else waiting, few enough for two cores."""
LARGEST: Final = 80 * 1024 * 1024
"""Bytes of one request: somewhat more than pages take, so that they can say so in words."""
CONNECTIONS: Final = 1000
"""Browsers keep their connections open: with the usual hundred, two hundred clerks would queue."""


def serve(  # noqa: PLR0913 - where, and what stands before it
    root: Path,
    host: str,
    port: int,
    *,
    secure: bool = False,
    proxies: int = 0,
    debug: bool = False,
    cold: bool = False,
) -> None:
    """Listen until interrupted; one line says where, once it listens.

    ``cold``: pages are worked out when they are first asked for, not before.

    MisusedError where the address cannot be had.
    """
    standing = setting_up(root, debug=debug, secure=secure, proxies=proxies)
    try:
        server = create_server(
            application(),
            host=host,
            port=port,
            threads=THREADS,
            connection_limit=CONNECTIONS,
            channel_timeout=120,
            max_request_body_size=LARGEST,
            ident="",
            # A browser names the address it sees; forms are taken from that address alone.
            url_scheme="https" if secure else "http",
            # Whose word is taken for where somebody comes from is decided at the gate.
            clear_untrusted_proxy_headers=not proxies,
        )
    except OSError as error:
        message = say(
            "{host}:{port} 用不了（{why}）", host=host, port=port, why=error.strerror or error
        )
        raise MisusedError(message + say("：请换一个端口，用 --port")) from error
    # Port 0 is chosen by the system, and a name may stand for several addresses: the first is told.
    listening = getattr(server, "effective_listen", None) or [(host, server.effective_port)]  # pyright: ignore[reportAttributeAccessIssue]  # waitress gives one of two kinds
    at = listening[0][1]
    shown = f"[{host}]" if ":" in host else host
    sys.stdout.write(f"http://{shown}:{at}/\n")
    sys.stdout.flush()
    # Not before the settings are there.
    from xianxue.desk.sending.rounds import begin  # noqa: PLC0415 - as said
    from xianxue.web.warming import warm  # noqa: PLC0415 - as said

    begin(standing)
    if not cold:
        Thread(target=warm, args=(standing,), name="warm", daemon=True).start()
    server.run()
