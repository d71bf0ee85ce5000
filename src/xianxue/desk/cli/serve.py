"""``xianxue serve``: the workbench, for browsers."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from xianxue.desk.cli.output import workspace_option
from xianxue.desk.cli.spoken import command, option
from xianxue.desk.workspace import Workspace

_PORT = 8000
"""What people try first, and open to every account of a machine."""


@command()
@workspace_option
@option("--host", default="127.0.0.1", show_default=True, help="在哪个地址上开")
@option("--port", type=int, default=_PORT, show_default=True, help="端口；0 由系统选一个")
@option("--https", "secure", is_flag=True, help="前面有 https 代理：登录凭据只走 https")
@option("--proxies", type=int, default=0, show_default=True, help="前面有几层自己的代理")
@option("--debug", is_flag=True, help="连同 /kit 页面规矩一起开，只供改页面的人用")
@option("--cold", is_flag=True, help="开门时不预先把各页算好：试用一会儿就关时省力")
def serve(  # noqa: PLR0913 - options of one command
    *,
    workspace: Path | None,
    host: str,
    port: int,
    secure: bool,
    proxies: int,
    debug: bool,
    cold: bool,
) -> None:
    """打开工作台：只印一行网址，按 Ctrl+C 停"""
    root = Workspace.open(workspace).root
    # By name: the desk stands below the web and knows nothing of it (docs/decisions/serving.md).
    server = import_module("xianxue.web.server")
    server.serve(root, host, port, secure=secure, proxies=proxies, debug=debug, cold=cold)
