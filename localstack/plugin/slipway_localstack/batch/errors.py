"""The errors that the Batch API answers with."""

from localstack.aws.api import CommonServiceException


class ClientException(CommonServiceException):
    """The caller's mistake: wrong value, unknown name, wrong state. HTTP 400."""

    def __init__(self, message: str) -> None:
        super().__init__("ClientException", message, 400, sender_fault=True)


class ConstraintException(CommonServiceException):
    """A length or range constraint of the API model does not hold; AWS answers it before Batch itself looks."""

    def __init__(self, field: str, value: object, constraint: str) -> None:
        super().__init__(
            "ValidationError",
            f"1 validation error detected: Value '{value}' at '{field}' failed to satisfy constraint: {constraint}",
            400,
            sender_fault=True,
        )
