package dev.slipway.control.aws;

import dev.slipway.control.port.ControlPlaneException;
import dev.slipway.control.port.ControlPlaneException.Kind;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Turns the SDK's errors into what a caller may conclude. */
final class Calls {
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int PRECONDITION_FAILED = 412;
  private static final int TOO_MANY = 429;
  private static final int SERVER = 500;

  private Calls() {}

  /** {@return what the call gives} */
  static <T> T call(String what, Supplier<T> call) {
    try {
      return call.get();
    } catch (AwsServiceException failure) {
      throw new ControlPlaneException(
          kind(failure), "AWS_REFUSED: " + what + ": " + failure.getMessage(), failure);
    } catch (SdkException failure) {
      throw new ControlPlaneException(
          Kind.UNKNOWN, "AWS_SILENT: " + what + ": " + failure.getMessage(), failure);
    }
  }

  /** {@return what the call gives; empty when there is no such thing} */
  static <T> Optional<T> find(String what, Supplier<T> call) {
    try {
      return Optional.of(call(what, call));
    } catch (ControlPlaneException failure) {
      if (failure.kind() == Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  private static Kind kind(AwsServiceException failure) {
    String code =
        failure.awsErrorDetails() == null
            ? ""
            : String.valueOf(failure.awsErrorDetails().errorCode());
    if (failure.isThrottlingException() || failure.statusCode() == TOO_MANY) {
      return Kind.THROTTLED;
    }
    return switch (failure.statusCode()) {
      case NOT_FOUND -> Kind.NOT_FOUND;
      case CONFLICT -> Kind.CONFLICT;
      case PRECONDITION_FAILED -> Kind.STALE;
      case BAD_REQUEST -> code.endsWith("NotFound") ? Kind.NOT_FOUND : ofBadRequest(code);
      default -> failure.statusCode() >= SERVER ? Kind.UNKNOWN : Kind.INVALID;
    };
  }

  private static Kind ofBadRequest(String code) {
    return code.contains("CodeSha256") || code.contains("PreconditionFailed")
        ? Kind.STALE
        : Kind.INVALID;
  }
}
