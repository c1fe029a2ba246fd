package dev.slipway.tasks.aws;

import dev.slipway.tasks.run.TaskException;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Says what was asked when a service does not do it. */
final class AwsCalls {
  private static final int NOT_FOUND = 404;

  private AwsCalls() {}

  static <T> T call(String what, Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException failure) {
      throw new TaskException(
          "AWS_FAILED: could not " + what + ": " + failure.getMessage(), failure);
    }
  }

  /** Empty for what is not there. */
  static <T> Optional<T> find(String what, Supplier<T> call) {
    return call(
        what,
        () -> {
          try {
            return Optional.of(call.get());
          } catch (AwsServiceException failure) {
            if (failure.statusCode() == NOT_FOUND) {
              return Optional.empty();
            }
            throw failure;
          }
        });
  }
}
