"""A process that has imported what every page needs, and forks a kernel in milliseconds when it is asked to.

A page's kernel is this process's copy: what was imported is shared memory, so a visitor costs little more than what
the visitor's page makes. It runs as `python -m sandbox.pages.forkserver <modules>`, takes one JSON line per kernel
(`connection_file`, `cwd`, `env`) on its standard input, a socket, and answers with the kernel's process id. When the
socket closes it ends, and its kernels notice within a second. It has no thread, no event loop and no socket of a
kernel's before it forks. It does not know who asks, nor what a kernel will run.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import signal
import socket
import sys
import traceback
from contextlib import suppress
from typing import Any, NoReturn

KERNEL = "ipykernel.kernelapp"
# what a kernel imports when it starts; named here it is shared
OFTEN = (
    "ipykernel.debugger",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "psutil",
    "tornado.platform.asyncio",
)
# what ipywidgets does at its import where there is a kernel already
FIRST = ["import ipywidgets as _widgets", "_widgets.register_comm_target()", "del _widgets"]


def main(modules: list[str]) -> int:
    """Import, then fork a kernel for each line, until the asker closes."""
    sys.modules["debugpy"] = None  # type: ignore[assignment]  # nobody debugs a page, and it is half of a kernel
    for module in [KERNEL, *OFTEN, *modules]:
        try:
            importlib.import_module(module)
        except Exception:  # a page that needs it will say so itself
            traceback.print_exc()
    gc.collect()
    gc.freeze()  # a collection in a kernel shall not touch, and so copy, what is shared
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody is left as a zombie
    with socket.socket(fileno=os.dup(0)) as asker, asker.makefile("rb") as lines:
        for line in lines:
            kernel = os.fork()
            if not kernel:
                asker.close()
                run_kernel(json.loads(line))
            make_group(kernel)
            asker.sendall(b"%d\n" % kernel)
    return 0


def run_kernel(wish: dict[str, Any]) -> NoReturn:
    """Become the kernel that is wished for, and end with it."""
    code = 1
    try:
        make_group(os.getpid())
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.environ.clear()
        os.environ.update(wish["env"])
        os.chdir(wish["cwd"])
        sys.argv = ["ipykernel_launcher", "-f", wish["connection_file"]]
        application = importlib.import_module(KERNEL).IPKernelApp
        application.launch_instance(argv=sys.argv[1:], parent_handle=os.getppid(), exec_lines=FIRST)
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        atexit._run_exitfuncs()
        sys.stdout.flush()
        os._exit(code)


def make_group(kernel: int) -> None:
    """Make a kernel the head of a process group; both sides do, so that neither has to wait for the other."""
    with suppress(OSError):  # it has ended, or did so itself
        os.setpgid(kernel, kernel)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
