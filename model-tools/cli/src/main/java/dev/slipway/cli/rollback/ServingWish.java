package dev.slipway.cli.rollback;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.aws.AwsClients;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * What the stack wants served. A deployment of changed code puts a zip into the assets' bucket and
 * changes this parameter; here the same is done without the minute that CloudFormation takes.
 */
final class ServingWish {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final AwsClients clients;
  private final String name;
  private final String original;

  private ServingWish(AwsClients clients, String name, String original) {
    this.clients = clients;
    this.name = name;
    this.original = original;
  }

  static ServingWish read(AwsClients clients, String model) {
    String name = "/slipway/" + model + "/serving";
    String text = clients.ssm().getParameter(get -> get.name(name)).parameter().value();
    return new ServingWish(clients, name, text);
  }

  int alarmPeriodSeconds() {
    return json().path("release").path("alarmPeriodSeconds").asInt();
  }

  /** Deploys {@code zip}, to be released with one canary step of {@code weightPercent}. */
  void deploy(byte[] zip, int weightPercent) {
    ObjectNode wish = json();
    String digest = sha256(zip);
    String bucket = wish.path("code").path("bucket").asText();
    clients
        .s3()
        .putObject(put -> put.bucket(bucket).key(digest + ".zip"), RequestBody.fromBytes(zip));
    wish.withObject("/code").put("key", digest + ".zip").put("sha256", digest);
    wish.withObject("/release").set("steps", JSON.valueToTree(List.of(weightPercent)));
    put(wish.toString());
  }

  /** Puts back what the stack wants. */
  void restore() {
    put(original);
  }

  private void put(String text) {
    clients.ssm().putParameter(put -> put.name(name).value(text).overwrite(true));
  }

  private ObjectNode json() {
    try {
      JsonNode read = JSON.readTree(original);
      return (ObjectNode) read;
    } catch (JsonProcessingException malformed) {
      throw new IllegalStateException(name + " holds no JSON", malformed);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
