package dev.slipway.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.release.DatasetSequence;
import dev.slipway.release.ReleaseEvent;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads what the function is called with. */
final class ControlEvents {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String prefix;

  ControlEvents(String prefix) {
    this.prefix = prefix;
  }

  /**
   * {@return what is asked for}
   *
   * @param event the payload, parsed
   * @throws BadEventException when it is none of the known ones
   */
  List<ControlEvent> read(JsonNode event) {
    if (event.path("Records").isArray()) {
      return alarms(event);
    }
    return switch (event.path("source").asText("")) {
      case "tick" -> List.of(new ControlEvent.Tick());
      case "release-loop" -> List.of(new ControlEvent.Look(required(event, "model")));
      case "operator" -> List.of(new ControlEvent.Operator(command(event)));
      default ->
          throw new BadEventException(
              "EVENT_UNKNOWN",
              "expected source tick, release-loop or operator, or an alarm from SNS, found "
                  + event.path("source"));
    };
  }

  /** A notification only says where to look; an alarm that is not a version's means everywhere. */
  private List<ControlEvent> alarms(JsonNode event) {
    Set<ControlEvent> events = new LinkedHashSet<>();
    for (JsonNode record : event.path("Records")) {
      String model =
          Names.alarmModel(prefix, alarmName(record.path("Sns").path("Message").asText("")));
      events.add(model.isEmpty() ? new ControlEvent.Tick() : new ControlEvent.Look(model));
    }
    return events.contains(new ControlEvent.Tick())
        ? List.of(new ControlEvent.Tick())
        : new ArrayList<>(events);
  }

  private static String alarmName(String message) {
    try {
      return JSON.readTree(message).path("AlarmName").asText("");
    } catch (JsonProcessingException notAnAlarm) {
      return "";
    }
  }

  private static Command command(JsonNode event) {
    String name = required(event, "command");
    Command.Verb verb =
        switch (name) {
          case "rollback" -> new Command.Verb.Rollback(version(event));
          case "pin" ->
              new Command.Verb.Pin(
                  version(event)
                      .orElseThrow(
                          () -> new BadEventException("VERSION_MISSING", "pin needs a version")));
          case "unpin" -> new Command.Verb.Unpin();
          case "pause" -> new Command.Verb.Pause();
          case "resume" -> new Command.Verb.Resume();
          case "abort" -> new Command.Verb.Abort();
          case "status" -> new Command.Verb.Status();
          case "releases" -> new Command.Verb.Releases();
          case "open-epoch" -> new Command.Verb.OpenEpoch(epoch(event));
          default ->
              throw new BadEventException(
                  "COMMAND_UNKNOWN",
                  "expected rollback, pin, unpin, pause, resume, abort, status, releases or"
                      + " open-epoch, found "
                      + name);
        };
    boolean asks = verb instanceof Command.Verb.Status || verb instanceof Command.Verb.Releases;
    return new Command(
        required(event, "model"),
        asks ? event.path("actor").asText("-") : required(event, "actor"),
        asks ? event.path("reason").asText("-") : required(event, "reason"),
        verb);
  }

  private static ReleaseEvent.EpochOpened epoch(JsonNode event) {
    return new ReleaseEvent.EpochOpened(
        required(event, "previousHead"),
        event.path("previousSeq").asLong(),
        Optional.of(event.path("bundleDigest").asText("")).filter(text -> !text.isEmpty()),
        sequence(event.path("datasetSequence")),
        required(event, "reason"));
  }

  private static Optional<DatasetSequence> sequence(JsonNode value) {
    if (!value.isObject()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new DatasetSequence(
              Instant.parse(value.path("lastModified").asText("")),
              value.path("versionId").asText("")));
    } catch (DateTimeException invalid) {
      throw new BadEventException(
          "SEQUENCE_INVALID",
          "datasetSequence.lastModified is " + value.path("lastModified") + ", expected ISO-8601");
    }
  }

  /** The command line sends numbers as text. */
  private static OptionalInt version(JsonNode event) {
    String text = event.path("version").asText("");
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    if (!text.matches("[1-9][0-9]{0,8}")) {
      throw new BadEventException(
          "VERSION_INVALID", "version is " + text + ", expected a whole number from 1");
    }
    return OptionalInt.of(Integer.parseInt(text));
  }

  private static String required(JsonNode event, String name) {
    String text = event.path(name).asText("");
    if (text.isBlank()) {
      throw new BadEventException("FIELD_MISSING", name + " is missing or blank");
    }
    return text;
  }
}
