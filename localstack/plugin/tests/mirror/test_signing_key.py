from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from slipway_localstack.mirror.signing_key import SigningKeyError, file_of, same_material


def material(private: bytes, public: bytes = b"public") -> SimpleNamespace:
    return SimpleNamespace(private_key=private, public_key=public, key_spec="ECC_NIST_P256")


def load(_spec: str, private: bytes) -> SimpleNamespace:
    if private == b"damaged":
        raise ValueError("no key")
    return material(private, b"other kind" if private == b"other" else b"public")


@pytest.mark.parametrize(
    ("alias", "name"),
    [("alias/slipway-signing", "slipway-signing.der"), ("alias/slipway", None), ("alias/../x-signing", None)],
)
def test_file_of_alias(tmp_path: Path, alias: str, name: str | None) -> None:
    assert file_of(tmp_path, alias) == (tmp_path / "keys" / name if name else None)


def test_same_material_is_kept_for_its_owner_only_and_comes_back(tmp_path: Path) -> None:
    file = tmp_path / "keys" / "slipway-signing.der"
    first = SimpleNamespace(crypto_key=material(b"first"))
    second = SimpleNamespace(crypto_key=material(b"second"))

    same_material(first, file, load)
    same_material(second, file, load)

    assert second.crypto_key.private_key == b"first"
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(("kept", "code"), [(b"damaged", "SIGNING_KEY_DAMAGED"), (b"other", "SIGNING_KEY_OTHER_KIND")])
def test_same_material_refuses_a_file_that_is_no_such_key(tmp_path: Path, kept: bytes, code: str) -> None:
    file = tmp_path / "key.der"
    file.write_bytes(kept)
    key = SimpleNamespace(crypto_key=material(b"new"))

    with pytest.raises(SigningKeyError, match=code):
        same_material(key, file, load)

    assert key.crypto_key.private_key == b"new"
