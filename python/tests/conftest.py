"""What the tests share: the command line, whose results those of the package must equal."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

ROOT = Path(__file__).parent.parent.parent

Cli = Callable[..., Any]


@pytest.fixture(scope="session")
def program() -> str:
    """The command line: RESORB names the program; without it the one that `cargo build` made is taken."""
    program = os.environ.get("RESORB", str(ROOT / "target" / "debug" / "resorb"))
    if not Path(program).is_file():
        pytest.fail(f"there is no program {program}: run `cargo build`, or name it in RESORB")
    return program


@pytest.fixture(scope="session")
def cli(program: str) -> Cli:
    """Runs `resorb ARGUMENTS --format json` and reads its document."""

    def run(*arguments: str) -> Any:
        command = [program, *arguments, "--format", "json"]
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
        assert done.stdout, done.stderr
        return json.loads(done.stdout)

    return run


@pytest.fixture
def at_root(monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths are those from the root of the project."""
    monkeypatch.chdir(ROOT)
