"""Which notebooks may be left out, and that it is said."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import nbformat
import pytest
from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

SCRIPT = Path(__file__).parent.parent.parent / "notebooks" / "run.py"


@pytest.fixture
def runner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The script on a folder of its own, with no kernels installed."""
    spec = importlib.util.spec_from_file_location("notebooks_run", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "HERE", tmp_path)
    monkeypatch.setattr(module.sys, "argv", ["run.py"])
    monkeypatch.setattr(KernelSpecManager, "find_kernel_specs", lambda self: {})
    return module


def notebook(folder: Path, name: str, kernel: str) -> None:
    made = nbformat.v4.new_notebook(metadata={"kernelspec": {"name": kernel, "display_name": kernel}})
    nbformat.write(made, folder / name)


def test_the_notebook_in_rust_is_left_out_without_its_kernel(
    runner: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notebook(tmp_path, "6_library.ipynb", "rust")
    assert runner.main() == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.startswith("0 notebooks executed, 0 differ; 6_library.ipynb left out: there is no kernel `rust`")


def test_no_other_notebook_is_left_out(runner: Any, tmp_path: Path) -> None:
    notebook(tmp_path, "1_claim.ipynb", "a-kernel-of-python")
    with pytest.raises(NoSuchKernel):
        runner.main()


def test_with_its_kernel_it_is_executed(
    runner: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    notebook(tmp_path, "6_library.ipynb", "rust")
    monkeypatch.setattr(KernelSpecManager, "find_kernel_specs", lambda self: {"rust": "somewhere"})
    executed: list[str] = []

    def execute(path: Path) -> Any:
        executed.append(path.name)
        return nbformat.read(path, as_version=4)

    monkeypatch.setattr(runner, "execute", execute)
    assert runner.main() == 0 and executed == ["6_library.ipynb"]
    assert capsys.readouterr().out.splitlines()[-1] == "1 notebooks executed, 0 differ"


def test_the_committed_notebooks_have_known_kernels_and_no_path_of_a_machine() -> None:
    for path in SCRIPT.parent.glob("*.ipynb"):
        kernel = nbformat.read(path, as_version=4).metadata.kernelspec.name
        assert kernel in ("python3", "rust"), path.name
        text = path.read_text(encoding="utf-8")
        for place in ("/home/", "/tmp/", "/root/", "/Users/", "C:\\\\"):
            assert place not in text, f"{path.name} holds {place}"
