"""Keeps the key that signs bundles: a bundle restored after a restart must still have a valid signature.

LocalStack makes new key material at every start. The material of a signing key behind an alias `<prefix>-signing` is
kept in `mirror/keys`, readable by its owner only; when the alias is created again its new key gets the old material.
"""

from __future__ import annotations

import functools
import os
import re
from pathlib import Path
from typing import Any

from slipway_localstack import state
from slipway_localstack.patches.check import require

_ALIAS = re.compile(r"alias/([a-z][a-z0-9]*-signing)")
_OWNER_ONLY = 0o600


class SigningKeyError(Exception):
    """The kept key cannot be used; the message says what to do."""


def apply() -> None:
    """Load or keep the material when the alias is created."""
    from localstack.aws.api import CommonServiceException
    from localstack.services.kms import models
    from localstack.services.kms.provider import KmsProvider

    stock = require(KmsProvider, "create_alias", "context", "request")
    require(KmsProvider, "_get_kms_key", "account_id", "region_name", "any_type_of_key_id")
    require(models.KmsCryptoKey, "__init__", "key_spec", "key_material")

    @functools.wraps(stock)
    def create_alias(self: Any, context: Any, request: Any) -> None:
        file = file_of(state.mirror().root, request["AliasName"])
        if file is not None:
            key = self._get_kms_key(context.account_id, context.region, request["TargetKeyId"])
            if key.metadata.get("KeyUsage") == "SIGN_VERIFY":
                try:
                    same_material(key, file, models.KmsCryptoKey)
                except SigningKeyError as problem:
                    raise CommonServiceException("KMSInvalidStateException", str(problem)) from problem
        stock(self, context, request)

    KmsProvider.create_alias = create_alias


def file_of(root: Path, alias: str) -> Path | None:
    """Return the file of a signing alias; None for any other alias."""
    found = _ALIAS.fullmatch(alias)
    return root / "keys" / f"{found[1]}.der" if found else None


def same_material(key: Any, file: Path, make: Any) -> None:
    """Give a new key the kept material; keep its own when there is none yet."""
    spec = key.crypto_key.key_spec
    if not file.exists():
        keep(file, key.crypto_key.private_key)
        return
    try:
        kept = make(spec, file.read_bytes())
    except (ValueError, TypeError) as problem:
        raise SigningKeyError(
            f"SIGNING_KEY_DAMAGED: {file} is not the private key that was kept ({problem}). Delete it and the bundles "
            "in the mirror of the registry: what it signed has to be trained again."
        ) from problem
    if len(kept.public_key) != len(key.crypto_key.public_key):  # the length tells the specs apart
        raise SigningKeyError(f"SIGNING_KEY_OTHER_KIND: {file} is not a key of kind {spec}. Delete it.")
    key.crypto_key = kept


def keep(file: Path, private_key: bytes) -> None:
    """Write a private key durably, readable by its owner only."""
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_suffix(".part")
    partial.unlink(missing_ok=True)
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY), "wb") as target:
        target.write(private_key)
        target.flush()
        os.fsync(target.fileno())
    partial.replace(file)
