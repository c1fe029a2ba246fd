package dev.slipway.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.control.port.ControlPlaneException;
import dev.slipway.control.port.World;
import dev.slipway.release.ledger.LedgerEntry;
import dev.slipway.release.ledger.LedgerUnavailableException;
import dev.slipway.release.ledger.ReleaseLedger;
import java.util.ArrayList;
import java.util.List;

/** Answers the four kinds of calls: the tick, the wait loop, alarms, and people. */
public final class Controller {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int RELEASES_SHOWN = 50;

  private final World world;
  private final ReleaseLedger ledger;
  private final ControlEvents events;
  private final Reconciler reconciler;
  private final Operator operator;
  private final Standing standing;

  /**
   * A controller.
   *
   * @param world everything outside
   * @param ledger the releases' histories
   * @param prefix the beginning of all names in AWS
   */
  public Controller(World world, ReleaseLedger ledger, String prefix) {
    this.world = world;
    this.ledger = ledger;
    this.events = new ControlEvents(prefix);
    this.reconciler = new Reconciler(world, ledger);
    this.operator = new Operator(world, ledger);
    this.standing = new Standing(world, ledger);
  }

  /** {@return the reply to one call; a bad call is answered with what is wrong with it} */
  public JsonNode handle(JsonNode call) {
    try {
      ObjectNode reply = JSON.createObjectNode();
      for (ControlEvent event : events.read(call)) {
        reply = answer(event);
      }
      return reply;
    } catch (BadEventException bad) {
      return json(Answer.refused(bad.code(), String.valueOf(bad.getMessage()), 0));
    }
  }

  private ObjectNode answer(ControlEvent event) {
    return switch (event) {
      case ControlEvent.Tick _ -> tick();
      case ControlEvent.Look(String model) -> json(reconciler.reconcile(model));
      case ControlEvent.Operator(Command command) -> obey(command);
    };
  }

  /**
   * One model's trouble must not hide the others; the last trouble is thrown when all were seen.
   */
  private ObjectNode tick() {
    List<RuntimeException> failures = new ArrayList<>();
    ObjectNode reply = JSON.createObjectNode();
    for (String model : world.wishes().models()) {
      try {
        Reply look = reconciler.reconcile(model);
        if (look.active()) {
          world.loops().start(model, ledger.read(model).head().seq());
        }
        reply.withArray("/models").add(json(look));
      } catch (RuntimeException failure) {
        world.log().accept("MODEL_FAILED: " + model + ": " + failure);
        failures.add(failure);
      }
    }
    if (!failures.isEmpty()) {
      throw failures.getLast();
    }
    return reply;
  }

  private ObjectNode obey(Command command) {
    return switch (command.verb()) {
      case Command.Verb.Status _ -> standing.of(command.model());
      case Command.Verb.Releases _ -> releases(command.model());
      case Command.Verb.Rollback _,
          Command.Verb.Pin _,
          Command.Verb.Unpin _,
          Command.Verb.Pause _,
          Command.Verb.Resume _,
          Command.Verb.Abort _,
          Command.Verb.OpenEpoch _ ->
          change(command);
    };
  }

  /** What a person decided stands in the ledger; carrying it out may go on in the background. */
  private ObjectNode change(Command command) {
    Answer answer = operator.obey(command);
    world
        .log()
        .accept(
            "OPERATOR: %s by %s on %s: %s %s"
                .formatted(
                    command.verb(),
                    command.actor(),
                    command.model(),
                    answer.outcome(),
                    answer.message()));
    ObjectNode reply = json(answer);
    if (answer.outcome().equals("DONE")) {
      try {
        Reply look = reconciler.reconcile(command.model());
        reply.put("state", look.state());
        if (look.active()) {
          world.loops().start(command.model(), answer.seq());
        }
      } catch (ControlPlaneException | LedgerUnavailableException failure) {
        world.log().accept("RECONCILE_LATER: " + command.model() + ": " + failure.getMessage());
      }
    }
    return reply;
  }

  private ObjectNode releases(String model) {
    long last = ledger.read(model).head().seq();
    ObjectNode reply = JSON.createObjectNode();
    reply.put("model", model).put("seq", last);
    for (LedgerEntry entry :
        ledger.entries(model, Math.max(1, last - RELEASES_SHOWN + 1), RELEASES_SHOWN)) {
      ObjectNode line = reply.withArray("/entries").addObject();
      line.put("seq", entry.seq())
          .put("at", entry.at().toString())
          .put("actor", entry.actor())
          .put("from", entry.from())
          .put("to", entry.to())
          .put("event", entry.event().getClass().getSimpleName());
      entry.release().ifPresent(release -> line.put("release", release));
      entry.evidence().forEach(line.withObject("/evidence")::put);
    }
    return reply;
  }

  private static ObjectNode json(Record value) {
    return JSON.valueToTree(value);
  }
}
