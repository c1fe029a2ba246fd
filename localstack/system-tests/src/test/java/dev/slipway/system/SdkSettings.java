package dev.slipway.system;

/**
 * Lets AWS clients of this process that take their settings from the surroundings, as those of the
 * product do inside Lambda, speak to the local AWS.
 */
final class SdkSettings {
  private SdkSettings() {}

  static void use(LocalSystem system) {
    System.setProperty("aws.endpointUrl", "http://127.0.0.1:" + system.commands().port());
    System.setProperty("aws.region", "us-east-1");
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
  }
}
