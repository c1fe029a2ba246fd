package dev.slipway.tasks.intake;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.release.Reason;
import dev.slipway.tasks.run.TaskJson;
import java.util.List;
import java.util.function.Function;

/** What became of an event. */
public sealed interface IntakeReply {
  /** Nothing was started and nothing is wrong with that. */
  record Ignored(String code, String message) implements IntakeReply {}

  /**
   * The run of this object version stands.
   *
   * @param started false when an earlier event had started it
   */
  record Accepted(String model, String runId, boolean started) implements IntakeReply {}

  /** The data was refused and the ledger says why. */
  record Refused(String model, String runId, List<Reason> reasons) implements IntakeReply {
    /** Keeps a copy of the reasons. */
    public Refused {
      reasons = List.copyOf(reasons);
    }
  }

  /**
   * {@return the reply to an event; one that is none is ignored, because Lambda would send what is
   * thrown back again}
   *
   * @param event as it arrived
   * @param intake answers an event that can be read
   */
  static IntakeReply to(byte[] event, Function<DatasetEvent, IntakeReply> intake) {
    DatasetEvent read;
    try {
      read = DatasetEvent.read(event);
    } catch (IllegalArgumentException invalid) {
      return new Ignored("EVENT_INVALID", String.valueOf(invalid.getMessage()));
    }
    return intake.apply(read);
  }

  /** {@return the reply of the function} */
  default ObjectNode toJson() {
    ObjectNode json = TaskJson.object();
    switch (this) {
      case Ignored(String code, String message) ->
          json.put("outcome", "IGNORED").put("code", code).put("message", message);
      case Accepted(String model, String runId, boolean started) ->
          json.put("outcome", started ? "STARTED" : "KNOWN")
              .put("model", model)
              .put("runId", runId);
      case Refused(String model, String runId, List<Reason> reasons) -> {
        json.put("outcome", "REFUSED").put("model", model).put("runId", runId);
        ArrayNode list = json.putArray("reasons");
        reasons.forEach(reason -> list.add(reason.toString()));
      }
    }
    return json;
  }

  /** {@return what is logged: no values of the data, which messages may quote} */
  default String logLine() {
    return switch (this) {
      case Ignored(String code, String message) -> "outcome=IGNORED code=" + code + ": " + message;
      case Accepted(String model, String runId, boolean started) ->
          "outcome=%s model=%s run=%s".formatted(started ? "STARTED" : "KNOWN", model, runId);
      case Refused(String model, String runId, List<Reason> reasons) ->
          "outcome=REFUSED model=%s run=%s codes=%s"
              .formatted(model, runId, reasons.stream().map(Reason::code).distinct().toList());
    };
  }
}
