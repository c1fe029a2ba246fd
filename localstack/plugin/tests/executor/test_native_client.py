"""The native part of the Java runtime client."""

from __future__ import annotations

import platform
import zipfile
from pathlib import Path

import pytest

from slipway_localstack.executor import native_client
from slipway_localstack.executor.native_client import NativeClientError, library_name, unpack


@pytest.fixture
def library() -> str:
    return library_name(platform.libc_ver()[0], platform.machine())


def jar(folder: Path, *names: str) -> Path:
    folder.mkdir()
    with zipfile.ZipFile(folder / "aws-lambda-java-runtime-interface-client-9.9.9.jar", "w") as archive:
        for name in names:
            archive.writestr(f"jni/{name}", "native")
    return folder


def test_unpack_twice_writes_once(tmp_path: Path, library: str) -> None:
    client = jar(tmp_path / "ric", library)

    first = unpack(client, tmp_path / "out")
    time = first.stat().st_mtime_ns
    second = unpack(client, tmp_path / "out")

    assert first == second == tmp_path / "out" / library
    assert first.read_text() == "native"
    assert second.stat().st_mtime_ns == time
    assert list((tmp_path / "out").iterdir()) == [first]


def test_unpack_without_jar_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NativeClientError, match="launch install"):
        unpack(tmp_path, tmp_path / "out")


def test_unpack_for_unknown_platform_names_the_known(tmp_path: Path) -> None:
    client = jar(tmp_path / "ric", "libaws-lambda-jni.other.so")

    with pytest.raises(NativeClientError, match=r"it has libaws-lambda-jni\.other\.so"):
        unpack(client, tmp_path / "out")


@pytest.mark.parametrize(
    ("libc", "machine", "name"),
    [
        ("glibc", "x86_64", "libaws-lambda-jni.linux-x86_64.so"),
        ("glibc", "aarch64", "libaws-lambda-jni.linux-aarch_64.so"),
        ("", "x86_64", "libaws-lambda-jni.linux_musl-x86_64.so"),
    ],
)
def test_library_name_of_platform(libc: str, machine: str, name: str) -> None:
    assert native_client.library_name(libc, machine) == name
