package dev.slipway.control.port;

/**
 * A function or one of its versions, as Lambda answers it.
 *
 * @param arn with the qualifier, if one was asked for
 * @param version {@code $LATEST} or a number
 * @param codeSha256 lower-case hex digest of the zip
 * @param architecture {@code x86_64} or {@code arm64}
 * @param shape its configuration
 * @param deadLetterArn where failed asynchronous events go; empty for nowhere
 * @param revision changes with every change
 * @param settled whether no update is in progress and the last one succeeded
 * @param updating whether an update is in progress
 * @param active whether it may be invoked
 * @param starting whether it will become active by itself
 * @param why Lambda's reason for a state that is not good; empty otherwise
 */
public record FunctionState(
    String arn,
    String version,
    String codeSha256,
    String architecture,
    FunctionShape shape,
    String deadLetterArn,
    String revision,
    boolean settled,
    boolean updating,
    boolean active,
    boolean starting,
    String why) {
  /** {@return the version number; 0 for {@code $LATEST}} */
  public int number() {
    return version.chars().allMatch(Character::isDigit) ? Integer.parseInt(version) : 0;
  }
}
