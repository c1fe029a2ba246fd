package dev.slipway.control.histories;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.bundle.BundleFile;
import dev.slipway.control.Controller;
import dev.slipway.control.port.ControlPlaneException;
import dev.slipway.control.port.InvokeReply;
import dev.slipway.control.simulator.Faults;
import dev.slipway.control.simulator.Faults.Fault;
import dev.slipway.control.simulator.Simulation;
import dev.slipway.control.simulator.StoreFaults;
import dev.slipway.release.AliasContent;
import dev.slipway.release.Head;
import dev.slipway.release.ledger.LedgerBrokenException;
import dev.slipway.release.ledger.LedgerUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * One random history of the product's code. A worker may be interrupted before any call by another
 * worker, a person, an alarm, a deployment or hours; its calls fail in every way; it may be killed
 * anywhere. What matters is likelier than chance would have it.
 */
final class History {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Chance of an interruption before a call that a guard protects. */
  private static final double NARROW = 0.1;

  private static final Fault[] FAULTS = Fault.values();
  private static final List<String> PEOPLE =
      List.of("pause", "resume", "resume", "abort", "pin", "unpin", "unpin", "rollback");

  private final Random random;
  private final Mutant mutant;
  private final Simulation world = new Simulation();
  private final Watcher watcher = new Watcher(world);
  private double faulty = 0.02;
  private double interrupted = 0.03;
  private int depth;
  private int step;
  private int proposals;

  /**
   * Two workers, each warm until it is killed or forgotten; the second one interrupts the first.
   */
  private final List<Optional<Controller>> workers =
      new ArrayList<>(List.of(Optional.empty(), Optional.empty(), Optional.empty()));

  History(long seed, Mutant mutant) {
    this.random = new Random(seed);
    this.mutant = mutant;
    world.faults().choose((number, call) -> beforeCall(call));
  }

  /** {@return the violation; empty when all went well} */
  Optional<String> run(int steps) {
    try {
      begin();
      for (step = 1; step <= steps; step++) {
        act();
        watcher.check(step);
      }
      watcher.atEnd();
      return Optional.empty();
    } catch (Violation violation) {
      return Optional.of(String.valueOf(violation.getMessage()));
    } catch (LedgerBrokenException broken) {
      return Optional.of("I5: " + broken.getMessage());
    }
  }

  private void begin() {
    double fault = faulty;
    double interruption = interrupted;
    faulty = 0;
    interrupted = 0;
    look();
    for (String model : List.of("one", "two")) {
      world.propose(model);
      for (int i = 0; i < 40 && busy(); i++) {
        look();
        pass(Duration.ofSeconds(5));
      }
    }
    faulty = fault;
    interrupted = interruption;
  }

  /** {@return ticks until the model is at rest with its desired alias, nothing failing any more} */
  int converge() {
    faulty = 0;
    interrupted = 0;
    for (int version : world.traffic().raised()) {
      watcher.alarm(version, false, step);
    }
    for (int tick = 1; tick <= 2000; tick++) {
      look();
      pass(Duration.ofSeconds(10));
      Head head = watcher.head();
      boolean held = !head.control().movesForward();
      if ((!busy() || held)
          && world.lambda().alias().map(a -> a.content()).equals(head.desired())
          && head.isAliasConfirmed()) {
        return tick;
      }
    }
    throw new Violation("L4: no rest: " + watcher.head().active());
  }

  private boolean busy() {
    Head head = watcher.head();
    return head.active().isPresent() || head.pending().isPresent();
  }

  private Fault beforeCall(String call) {
    watcher.check(step);
    if (depth < 2 && interrupted > 0) {
      interrupt(call);
    }
    return random.nextDouble() < faulty ? FAULTS[random.nextInt(FAULTS.length)] : Fault.NONE;
  }

  /** Likelier where a guard of the product is all that keeps two workers apart. */
  private void interrupt(String call) {
    depth++;
    double draw = random.nextDouble();
    if (draw < interrupted) {
      act();
    } else if (draw < interrupted + NARROW) {
      switch (call) {
        case "GetAlias", "UpdateAlias" -> whileTheAliasMoves();
        case "PublishVersion" -> world.lambda().deploy(Simulation.template());
        case "DeleteFunction" -> moveByHand(world.lambda().existing());
        default -> {}
      }
    }
    depth--;
    watcher.check(step);
  }

  /** Somebody changes what the alias ought to be, while a worker is about to write it. */
  private void whileTheAliasMoves() {
    if (watcher.head().isAliasConfirmed()) {
      return;
    }
    if (random.nextBoolean()) {
      person();
    } else {
      served().ifPresent(version -> watcher.alarm(version, true, step));
      look();
    }
  }

  private void moveByHand(List<Integer> versions) {
    pick(versions).ifPresent(version -> watcher.moveByHand(AliasContent.only(version)));
  }

  private void act() {
    double draw = random.nextDouble();
    if (draw < 0.62) {
      look();
      pass(Duration.ofSeconds(depth == 0 ? 1 + random.nextInt(20) : 1));
    } else if (draw < 0.72) {
      propose();
    } else if (draw < 0.78) {
      person();
    } else if (draw < 0.82) {
      served().ifPresent(version -> watcher.alarm(version, true, step));
    } else if (draw < 0.87) {
      world.traffic().raised().forEach(version -> watcher.alarm(version, false, step));
    } else if (draw < 0.92) {
      deploy();
    } else if (draw < 0.93) {
      served().ifPresent(version -> moveByHand(List.of(version)));
    } else if (draw < 0.96) {
      pass(Duration.ofMinutes(20));
    } else {
      pass(Duration.ofMinutes(70));
    }
  }

  private void propose() {
    proposals++;
    String bundle = world.propose("model " + proposals);
    double draw = random.nextDouble();
    if (draw < 0.2) {
      world
          .bundles()
          .put(
              Simulation.MODEL,
              bundle,
              BundleFile.SIGNATURE,
              "forged".getBytes(StandardCharsets.UTF_8));
      watcher.neverServes(bundle);
    } else if (draw < 0.4) {
      world.answer(bundle, new InvokeReply("Unhandled", "{}"));
      watcher.neverServes(bundle);
    }
  }

  private void deploy() {
    if (random.nextBoolean()) {
      world.lambda().deploy(Simulation.template());
    } else {
      world.deployCode(String.valueOf((char) ('a' + random.nextInt(4))));
    }
  }

  private Optional<Integer> served() {
    List<Integer> numbers =
        world.lambda().alias().stream()
            .flatMap(alias -> alias.content().serves().stream())
            .sorted()
            .toList();
    return pick(numbers);
  }

  private Optional<Integer> pick(List<Integer> numbers) {
    return numbers.isEmpty()
        ? Optional.empty()
        : Optional.of(numbers.get(random.nextInt(numbers.size())));
  }

  private void pass(Duration time) {
    world.traffic().send(random.nextBoolean() ? 200 : 2000);
    world.time().pause(time);
  }

  private void person() {
    ObjectNode call = call("operator");
    call.put("command", PEOPLE.get(random.nextInt(PEOPLE.size())))
        .put("actor", "ann")
        .put("reason", "because");
    if (call.path("command").asText().equals("pin")) {
      List<Integer> existing = world.lambda().existing();
      call.put("version", existing.get(random.nextInt(existing.size())).toString());
    }
    handle(call);
  }

  private void look() {
    handle(call("release-loop"));
  }

  private static ObjectNode call(String source) {
    return JSON.createObjectNode().put("source", source).put("model", Simulation.MODEL);
  }

  /** A worker that knows nothing of those before. */
  private Controller worker() {
    MutatedStore store =
        new MutatedStore(mutant, new StoreFaults(world.entries(), world.faults()), world.entries());
    return world.controller(
        real -> mutant == Mutant.NONE ? real : Doubles.of(mutant, real, world.lambda(), store),
        store);
  }

  /** Being killed ends only the worker that is. */
  private void handle(ObjectNode call) {
    int before = depth;
    if (random.nextInt(4) == 0) {
      workers.set(before, Optional.empty());
    }
    Controller worker = workers.get(before).orElseGet(this::worker);
    workers.set(before, Optional.of(worker));
    try {
      var answered = worker.handle(call);
      if (answered.isMissingNode()) {
        throw new Violation("no answer to " + call);
      }
    } catch (Faults.Killed | ControlPlaneException | LedgerUnavailableException ended) {
      depth = before;
      workers.set(before, Optional.empty());
    } catch (LedgerBrokenException broken) {
      throw new Violation("I5: " + broken.getMessage());
    } catch (IllegalStateException impossible) {
      throw new Violation("rules: " + impossible.getMessage());
    }
  }
}
