"""Files that are written whole: links, modes and devices are kept, temporary files are nobody's but ours."""

import contextlib
import os
import stat
import threading
from pathlib import Path

import pytest

from stancekit.errors import RefusedError
from stancekit.io.atomic import replacing, sweep, write_atomic, writing


def names(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


def test_a_failed_write_leaves_the_old_file_and_no_litter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_atomic(tmp_path / "a", "old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(RefusedError, match="cannot be written: No space left"):
        write_atomic(tmp_path / "a", "new")
    assert (tmp_path / "a").read_text() == "old"
    assert names(tmp_path) == ["a"]


def test_a_file_written_in_pieces_is_there_when_all_are(tmp_path: Path) -> None:
    with writing(tmp_path / "new" / "a") as write:
        write("one\r\n")
        assert not (tmp_path / "new" / "a").exists()
        write("d\u00e9j\u00e0")
    assert (tmp_path / "new" / "a").read_bytes() == "one\r\nd\u00e9j\u00e0".encode()
    with contextlib.suppress(KeyboardInterrupt), writing(tmp_path / "new" / "a") as write:
        write("half")
        raise KeyboardInterrupt
    assert names(tmp_path / "new") == ["a"]
    assert (tmp_path / "new" / "a").read_bytes().startswith(b"one")


def test_an_error_of_the_block_is_its_own(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="of the block"), writing(tmp_path / "a"):
        raise OSError("of the block")
    assert names(tmp_path) == []


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o755])
def test_a_file_keeps_its_mode_and_a_new_one_has_the_usual(tmp_path: Path, mode: int) -> None:
    write_atomic(tmp_path / "a", "old")
    (tmp_path / "b").write_text("made by anybody")
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "b").stat().st_mode
    (tmp_path / "a").chmod(mode)
    write_atomic(tmp_path / "a", "new")
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == mode


def test_a_link_stays_a_link_to_what_is_written(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    (tmp_path / "far" / "a").write_text("old")
    (tmp_path / "a").symlink_to("far/a")
    (tmp_path / "b").symlink_to("far/b")  # nothing there yet
    write_atomic(tmp_path / "a", "new")
    write_atomic(tmp_path / "b", "new")
    assert (tmp_path / "a").is_symlink()
    assert (tmp_path / "b").is_symlink()
    assert [(tmp_path / "far" / name).read_text() for name in "ab"] == ["new", "new"]
    assert names(tmp_path / "far") == ["a", "b"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
def test_a_device_is_written_to_and_stays_one(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="/dev/full: cannot be written: No space left"):
        write_atomic(Path("/dev/full"), "x" * 100_000)
    (tmp_path / "a").symlink_to("/dev/full")
    with pytest.raises(RefusedError, match="cannot be written: No space left"):
        write_atomic(tmp_path / "a", "x" * 100_000)
    assert stat.S_ISCHR(Path("/dev/full").stat().st_mode)
    write_atomic(Path("/dev/null"), "x")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


@pytest.mark.parametrize("number", ["999", "99999999999999999999"])
def test_a_stream_that_is_not_open_is_refused(number: str) -> None:
    with pytest.raises(RefusedError, match=f"/dev/fd/{number}: cannot be written: Bad file descriptor"):
        write_atomic(Path(f"/dev/fd/{number}"), "x")


def test_a_pipe_is_written_to_where_somebody_reads_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a")
    with pytest.raises(RefusedError, match="a: cannot be written"):
        write_atomic(tmp_path / "a", "x")
    end = os.open(tmp_path / "a", os.O_RDONLY | os.O_NONBLOCK)
    write_atomic(tmp_path / "a", "hello")
    assert os.read(end, 10) == b"hello"
    os.close(end)
    assert stat.S_ISFIFO((tmp_path / "a").stat().st_mode)


def test_a_folder_and_a_protected_file_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RefusedError, match="is a folder, not a file"):
        write_atomic(tmp_path, "x")
    (tmp_path / "a").write_text("precious")
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(RefusedError, match="a: cannot be written: the file is write-protected"):
        write_atomic(tmp_path / "a", "x")


def test_nobody_can_lay_a_temporary_file_in_wait(tmp_path: Path) -> None:
    (tmp_path / "victim").write_text("precious")
    for number in [os.getpid(), *range(50)]:
        (tmp_path / f".a.{number}.tmp").symlink_to("victim")
    with replacing(tmp_path / "a") as file:
        [temporary] = [p for p in tmp_path.iterdir() if p.name.startswith(".a.") and not p.is_symlink()]
        assert stat.S_IMODE(temporary.stat().st_mode) == 0o600
        assert len(temporary.name) == len(".a..tmp") + 16
        file.write(b"new")
    assert (tmp_path / "victim").read_text() == "precious"


def test_leftovers_go_and_what_is_being_written_stays(tmp_path: Path) -> None:
    (tmp_path / ".a.4711.tmp").write_text("of an earlier version")
    (tmp_path / f".a.{'0' * 16}.tmp").write_text("of one that was killed")
    (tmp_path / ".a.notes.tmp").write_text("the user's")
    (tmp_path / f".a.{'1' * 16}.tmp").symlink_to(tmp_path / ".a.notes.tmp")
    with replacing(tmp_path / "a") as file:
        file.write(b"new")
        worker = threading.Thread(target=sweep, args=(tmp_path / "a",))
        worker.start()
        worker.join()
    assert names(tmp_path) == [f".a.{'1' * 16}.tmp", ".a.notes.tmp", "a"]
    assert (tmp_path / "a").read_bytes() == b"new"


def test_a_name_as_long_as_may_be_is_written(tmp_path: Path) -> None:
    name = "\u00e9" * 127
    write_atomic(tmp_path / name, "x")
    assert names(tmp_path) == [name]
    leftover = tmp_path / f".{name.encode()[:200].decode()}.{'0' * 16}.tmp"
    leftover.write_text("half")
    sweep(tmp_path / name)
    assert not leftover.exists()
