package dev.slipway.control.aws;

import dev.slipway.control.port.Pager;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sns.SnsClient;

/** Pages people through a topic. */
final class SnsPager implements Pager {
  /** The longest subject that SNS takes. */
  private static final int SUBJECT = 100;

  private final SnsClient sns;
  private final String topicArn;
  private final Consumer<String> log;

  SnsPager(SnsClient sns, String topicArn, Consumer<String> log) {
    this.sns = sns;
    this.topicArn = topicArn;
    this.log = log;
  }

  @Override
  public void page(String model, String subject, String message) {
    String head = ("slipway " + model + ": " + subject).replaceAll("[^ -~]", "?");
    try {
      sns.publish(publish ->
          publish
              .topicArn(topicArn)
              .subject(head.substring(0, Math.min(SUBJECT, head.length())))
              .message(model + ": " + message));
    } catch (SdkException failure) {
      log.accept("PAGE_LOST: " + model + ": " + message + ": " + failure.getMessage());
    }
  }
}
