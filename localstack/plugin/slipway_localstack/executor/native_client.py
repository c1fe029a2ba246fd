"""Unpacks the native part of AWS's Java runtime client, once.

Left alone, the client unpacks it at every start to one fixed file in /tmp. Two functions that start at once then load a
file that the other is still writing, and the JVM dies of SIGBUS; another user's file cannot be replaced at all.
"""

from __future__ import annotations

import os
import platform
import threading
import zipfile
from pathlib import Path

PROPERTY = "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI"
"""System property with which the client loads the named file and unpacks none (its JniHelper, 2.9.0)."""
_JAR = "aws-lambda-java-runtime-interface-client-*.jar"
_ARCHITECTURES = {"x86_64": "x86_64", "aarch64": "aarch_64", "arm64": "aarch_64"}
_lock = threading.Lock()


class NativeClientError(Exception):
    """The client's jar has no native part for this machine; the message says what was looked for."""


def unpack(runtime_client: Path, target: Path) -> Path:
    """Return the library's path below `target`; unpacks it when it is not there. Safe to call at any time."""
    library = target / library_name(platform.libc_ver()[0], platform.machine())
    with _lock:
        if not library.is_file():
            _unpack(runtime_client, library)
    return library


def library_name(libc: str, machine: str) -> str:
    """Return the file's name in the jar's folder `jni`."""
    system = "linux" if libc == "glibc" else "linux_musl"
    return f"libaws-lambda-jni.{system}-{_ARCHITECTURES.get(machine, machine)}.so"


def _unpack(runtime_client: Path, library: Path) -> None:
    jars = sorted(runtime_client.glob(_JAR))
    if not jars:
        raise NativeClientError(
            f"RUNTIME_CLIENT_MISSING: no {_JAR} in {runtime_client}. Run: localstack/launch install"
        )
    library.parent.mkdir(parents=True, exist_ok=True)
    partial = library.with_suffix(f".{os.getpid()}")
    with zipfile.ZipFile(jars[-1]) as jar:
        try:
            partial.write_bytes(jar.read(f"jni/{library.name}"))
        except KeyError:
            known = ", ".join(sorted(Path(name).name for name in jar.namelist() if name.startswith("jni/lib")))
            raise NativeClientError(
                f"RUNTIME_CLIENT_PLATFORM: {jars[-1].name} has no jni/{library.name}; it has {known}"
            ) from None
    partial.replace(library)
