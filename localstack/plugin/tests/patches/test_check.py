from __future__ import annotations

import pytest

from slipway_localstack.patches.check import PatchError, require, require_text


class Owner:
    def there(self, first: int) -> int:
        return first + 41


def test_require_with_known_parameters_returns_the_function() -> None:
    assert require(Owner, "there", "first") is Owner.there


def test_require_of_missing_function_says_which() -> None:
    with pytest.raises(PatchError, match="Owner has no function gone"):
        require(Owner, "gone")


def test_require_of_changed_parameters_says_which() -> None:
    with pytest.raises(PatchError, match=r"Owner.there lacks parameter\(s\) \['second'\], found \(self, first"):
        require(Owner, "there", "first", "second")


def test_require_text_of_changed_source_says_which() -> None:
    require_text(Owner, "there", "first + 41")
    with pytest.raises(PatchError, match="does not hold 'first \\+ 42'"):
        require_text(Owner, "there", "first + 42")
