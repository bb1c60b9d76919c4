"""Output folders: one writer at a time, whole results, and nothing of anybody else's touched."""

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from stancekit.errors import RefusedError
from stancekit.io.files import sha256
from stancekit.io.moves import MOVES
from stancekit.io.output_folder import LOCK, Kind, locked, output_folder


def made(folder: Path) -> dict[str, str | None]:
    try:
        return dict(json.loads((folder / "result.json").read_text())["files"])
    except (OSError, ValueError, KeyError, TypeError):
        return {}


PLAIN = Kind("make", ("result.json",), made)
ALONE = Kind("make", ("result.json",), made, alone=True)


def make(out: Path, content: dict[str, str], kind: Kind = PLAIN, **options: bool) -> None:
    with output_folder(out, kind, **options) as folder:
        for name, text in content.items():
            (folder.new / name).parent.mkdir(parents=True, exist_ok=True)
            (folder.new / name).write_text(text)
        files = {name: sha256(text.encode()) for name, text in content.items()}
        (folder.new / "result.json").write_text(json.dumps({"files": files | {"result.json": None}}))
        folder.commit()


def content(folder: Path) -> dict[str, str]:
    return {p.relative_to(folder).as_posix(): p.read_text() for p in folder.rglob("*") if p.is_file() and p.name != "result.json"}


def test_a_result_takes_the_place_of_the_earlier_one_and_of_nothing_else(tmp_path: Path) -> None:
    make(tmp_path / "out", {"a": "1", "sub/b": "1", "sub/deep/c": "1"})
    (tmp_path / "out" / "sub" / "notes").write_text("precious")
    make(tmp_path / "out", {"a": "2", "d/e": "2"})
    assert content(tmp_path / "out") == {"a": "2", "d/e": "2", "sub/notes": "precious"}
    assert not (tmp_path / "out" / "sub" / "deep").exists()


def test_an_earlier_result_stays_until_the_new_one_is_whole(tmp_path: Path) -> None:
    make(tmp_path / "out", {"a": "1"})
    with contextlib.suppress(KeyboardInterrupt), output_folder(tmp_path / "out", PLAIN) as folder:
        assert folder.earlier
        (folder.new / "a").write_text("half")
        raise KeyboardInterrupt
    assert content(tmp_path / "out") == {"a": "1"}
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["a", "result.json"]


@pytest.mark.parametrize("kind", [PLAIN, ALONE])
def test_a_folder_with_something_else_is_refused(tmp_path: Path, kind: Kind) -> None:
    (tmp_path / "thesis.doc").write_text("precious")
    with pytest.raises(RefusedError, match=r"is not empty and was not made by `make`: it holds 'thesis\.doc'; choose another folder"):
        make(tmp_path, {"a": "1"}, kind)
    assert content(tmp_path) == {"thesis.doc": "precious"}
    (tmp_path / "file").write_text("")
    with pytest.raises(RefusedError, match="cannot be written"):
        make(tmp_path / "file", {"a": "1"}, kind)


def test_overwriting_never_touches_what_others_made(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("precious")
    make(tmp_path, {"a": "1"}, overwrite=True)
    assert content(tmp_path) == {"thesis.doc": "precious", "a": "1"}
    with pytest.raises(RefusedError, match=r"thesis\.doc: was not made by `make`, and would be replaced; move it away"):
        make(tmp_path, {"a": "2", "thesis.doc": "2"}, overwrite=True)
    with pytest.raises(RefusedError, match=r"'thesis\.doc' in it was not made by `make`, which writes into a folder of its own"):
        make(tmp_path, {"a": "2"}, ALONE, overwrite=True)
    assert content(tmp_path) == {"thesis.doc": "precious", "a": "1"}


def test_a_marker_of_somebody_else_is_met_before_any_work(tmp_path: Path) -> None:
    (tmp_path / "result.json").write_text("my own")
    with pytest.raises(RefusedError, match=r"result\.json: was not made by `make`"), output_folder(tmp_path, PLAIN, overwrite=True):
        pytest.fail("it was let in")
    assert (tmp_path / "result.json").read_text() == "my own"


def test_a_link_in_the_place_of_a_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "sub").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(RefusedError, match="sub: is a link, which would be written through"):
        make(tmp_path / "out", {"sub/a": "1"}, overwrite=True)
    assert not list((tmp_path / "elsewhere").iterdir())
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    make(tmp_path / "link", {"a": "1"})  # the folder itself may be one
    assert content(tmp_path / "elsewhere") == {"a": "1"}


def test_names_that_lead_out_of_the_folder_are_not_believed(tmp_path: Path) -> None:
    (tmp_path / "victim").write_text("precious")
    make(tmp_path / "out", {"a": "1"})
    (tmp_path / "out" / "result.json").write_text(
        json.dumps({"files": dict.fromkeys(["../victim", str(tmp_path / "victim"), "a", "result.json"])})
    )
    make(tmp_path / "out", {"b": "2"})
    assert (tmp_path / "victim").read_text() == "precious"
    assert content(tmp_path / "out") == {"b": "2"}


def test_two_writers_are_told_apart_and_a_killed_one_is_told(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with output_folder(out, PLAIN), pytest.raises(RefusedError, match=rf"`make` \(process {os.getpid()} on .*\) is writing into it"):
        make(out, {"a": "1"})
    code = (
        "import os, sys; from pathlib import Path; from stancekit.io.output_folder import Kind, output_folder\n"
        "with output_folder(Path(sys.argv[1]), Kind('make', ('m',), lambda _: {})) as folder:\n"
        "    (folder.new / 'a').write_text('half'); os.kill(os.getpid(), 9)\n"
    )
    assert subprocess.run([sys.executable, "-c", code, str(out)], check=False).returncode == -9
    assert sorted(p.name for p in out.iterdir())[-1] == LOCK
    said: list[str] = []
    with output_folder(out, PLAIN, notice=said.append):
        assert len([p for p in out.iterdir() if p.name.endswith(".new")]) == 1
    assert "`make` (process" in said[0]
    assert "was stopped before it had ended; what it left half-made is cleared away" in said[0]
    assert not list(out.iterdir())


def test_leftovers_of_its_own_files_are_cleared_away_and_no_others(tmp_path: Path) -> None:
    make(tmp_path, {"sub/a": "1"})
    for name in (f"sub/.a.{'0' * 16}.tmp", f".result.json.{'0' * 16}.tmp", "sub/.notes.2024.tmp", "x.4711.tmp"):
        (tmp_path / name).write_text("half")
    make(tmp_path, {"sub/a": "2"})
    assert content(tmp_path) == {"sub/a": "2", "sub/.notes.2024.tmp": "half", "x.4711.tmp": "half"}


def test_a_refused_command_clears_nothing_away(tmp_path: Path) -> None:
    for name in ("x.txt", f".x.txt.{'0' * 16}.tmp", f".stancekit.{'0' * 16}.new"):
        (tmp_path / name).write_text("precious")
    with pytest.raises(RefusedError, match="is not empty"):
        make(tmp_path, {"a": "1"})
    assert len(list(tmp_path.iterdir())) == 3


def test_what_somebody_has_changed_in_a_result_is_not_lost(tmp_path: Path) -> None:
    make(tmp_path, {"a": "1", "b": "1"})
    (tmp_path / "a").write_text("mine")
    with pytest.raises(RefusedError, match=r"a: has been changed since `make` made it; move it away, or --overwrite"):
        make(tmp_path, {"a": "2"})
    assert content(tmp_path) == {"a": "mine", "b": "1"}
    make(tmp_path, {"a": "2"}, overwrite=True)
    assert content(tmp_path) == {"a": "2"}


def test_a_name_is_owned_only_in_a_result_of_the_command(tmp_path: Path) -> None:
    owning = Kind("make", ("result.json",), made, owns=lambda name: name == "a")
    (tmp_path / "a").write_text("precious")
    with pytest.raises(RefusedError, match="a: was not made by `make`"):
        make(tmp_path, {"a": "1"}, owning, overwrite=True)
    (tmp_path / "a").unlink()
    make(tmp_path, {"a": "1"}, owning)
    (tmp_path / "a").write_text("drawn again")
    make(tmp_path, {"a": "2"}, owning)
    assert content(tmp_path) == {"a": "2"}


NOTE = {"new": f".stancekit.{'0' * 16}.new", "files": [], "drop": [], "last": []}


@pytest.mark.parametrize(
    "note",
    ["", "[]", "{}", '{"new": 5}', *(json.dumps(NOTE | change) for change in (
        {"new": "../victim"}, {"new": "victim"}, {"drop": ["../victim/p"]}, {"last": ["/etc/passwd"]}, {"files": [3]}, {"more": 1},
    ))],
)  # fmt: skip
def test_a_note_of_moves_that_is_not_ours_is_not_believed(tmp_path: Path, note: str) -> None:
    (tmp_path / "victim").mkdir()
    (tmp_path / "victim" / "p").write_text("precious")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / MOVES).write_text(note)
    with pytest.raises(RefusedError, match=r"\.stancekit\.moves: is no note of this program; remove it"):
        make(tmp_path / "out", {"a": "1"}, overwrite=True)
    assert (tmp_path / "victim" / "p").read_text() == "precious"


def test_a_note_of_moves_leads_through_no_link(tmp_path: Path) -> None:
    (tmp_path / "victim").mkdir()
    (tmp_path / "victim" / "p").write_text("precious")
    out = tmp_path / "out"
    (out / NOTE["new"]).mkdir(parents=True)
    (out / "sub").symlink_to(tmp_path / "victim")
    (out / MOVES).write_text(json.dumps(NOTE | {"drop": ["sub/p"]}))
    with pytest.raises(RefusedError, match="sub: is a link, which would be written through"):
        make(out, {"a": "1"}, overwrite=True)
    assert (tmp_path / "victim" / "p").read_text() == "precious"


@pytest.mark.parametrize("plant", [lambda lock, mine: lock.hardlink_to(mine), lambda lock, _: os.mkfifo(lock)])
def test_a_lock_is_a_file_of_ours_alone(tmp_path: Path, plant: Callable[[Path, Path], None]) -> None:
    (tmp_path / "mine").write_text("precious")
    (tmp_path / "out").mkdir()
    plant(tmp_path / "out" / LOCK, tmp_path / "mine")
    with pytest.raises(RefusedError, match=r"\.stancekit\.lock: is no lock of this program; remove it"):
        make(tmp_path / "out", {"a": "1"})
    assert (tmp_path / "mine").read_text() == "precious"


def test_a_lock_is_one_of_the_folder_whatever_it_is_called(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path)
    with locked(tmp_path, "report"), pytest.raises(RefusedError, match=r"`report` .* is writing into it"), locked(tmp_path / "link", "x"):
        pytest.fail("it was let in")


@pytest.mark.parametrize("moved", range(6))
def test_a_result_that_was_being_put_in_place_is_put_there(tmp_path: Path, moved: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed at each of its moves: the next command finishes them."""
    out = tmp_path / "out"
    make(out, {"a": "1", "sub/b": "1", "c": "1"})
    steps = 0
    real: dict[str, Callable[..., object]] = {"replace": Path.replace, "unlink": Path.unlink}

    def counted(name: str) -> Callable[..., object]:
        def step(path: Path, *arguments: object, **named: object) -> object:
            nonlocal steps
            if (out / MOVES).exists() and path.suffix != ".tmp":
                steps += 1
                if steps > moved:
                    raise SystemExit
            return real[name](path, *arguments, **named)

        return step

    with monkeypatch.context() as patched:
        for name in real:
            patched.setattr(Path, name, counted(name))
        patched.setattr("shutil.rmtree", lambda *_, **__: None)
        with pytest.raises(SystemExit):
            make(out, {"a": "2", "sub/d": "2"})
    assert (out / MOVES).exists()
    said: list[str] = []
    with output_folder(out, PLAIN, notice=said.append) as folder:
        assert folder.earlier
        assert content(out) == {"a": "2", "sub/d": "2", LOCK: (out / LOCK).read_text()}
    assert "was stopped while it put its result in place" in " ".join(said)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_while_a_result_is_put_in_place_waits_for_its_end(tmp_path: Path, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path / "out", {"a": "1"})
    real = Path.replace

    def replace(path: Path, target: Path) -> Path:
        signal.raise_signal(number)
        return real(path, target)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(number, stop)
    try:
        with monkeypatch.context() as patched:
            patched.setattr(Path, "replace", replace)
            with pytest.raises(KeyboardInterrupt):
                make(tmp_path / "out", {"a": "2"})
    finally:
        signal.signal(number, before)
    assert content(tmp_path / "out") == {"a": "2"}
    make(tmp_path / "out", {"a": "3"})


def test_an_error_while_a_result_is_put_in_place_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path / "out", {"a": "1"})
    real = Path.replace

    def full(path: Path, target: Path) -> Path:
        if path.name == "a":
            raise OSError(28, "No space left on device")
        return real(path, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", full)
        with pytest.raises(RefusedError, match="No space left"):
            make(tmp_path / "out", {"a": "2"})
    with output_folder(tmp_path / "out", PLAIN):
        assert (tmp_path / "out" / "a").read_text() == "2"


def test_a_link_in_the_place_of_one_of_its_files_is_met_before_any_work(tmp_path: Path) -> None:
    make(tmp_path / "out", {"a": "1", "b": "1"})
    (tmp_path / "out" / "a").rename(tmp_path / "elsewhere")
    (tmp_path / "out" / "a").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(RefusedError, match="a: is a link"), output_folder(tmp_path / "out", PLAIN, overwrite=True):
        pytest.fail("it was let in")
