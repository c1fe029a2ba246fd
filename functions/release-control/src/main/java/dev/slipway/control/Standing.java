package dev.slipway.control;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.control.port.ControlPlaneException;
import dev.slipway.control.port.World;
import dev.slipway.release.Head;
import dev.slipway.release.Reason;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseState;
import dev.slipway.release.judge.Verdict;
import dev.slipway.release.ledger.ReleaseLedger;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Where a model stands now, for people: the ledger, the alias, the alarms, the judge's words. */
final class Standing {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final World world;
  private final ReleaseLedger ledger;
  private final Looker looker;
  private final Weighing weighing;
  private final Outlook outlook;

  Standing(World world, ReleaseLedger ledger) {
    this.world = world;
    this.ledger = ledger;
    this.looker = new Looker(world, ledger);
    this.weighing = new Weighing(world);
    this.outlook = new Outlook(world);
  }

  /** {@return everything that can be read; {@code unreadable} says what could not} */
  ObjectNode of(String model) {
    ObjectNode reply = JSON.createObjectNode();
    try {
      Optional<Look> look = looker.look(model, Set.of());
      head(reply, model, look.map(Look::head).orElseGet(() -> ledger.read(model).head()));
      look.ifPresent(seen -> live(reply, seen));
    } catch (ControlPlaneException failure) {
      world.log().accept("STATUS_PARTLY: " + model + ": " + failure.getMessage());
      head(reply, model, ledger.read(model).head());
      reply.put("unreadable", failure.getMessage());
    }
    return reply;
  }

  private void live(ObjectNode reply, Look look) {
    reply.put("at", look.view().now().toString());
    look.alias().ifPresent(alias -> reply.put("serving", alias.content().toString()));
    if (look.alarmsRead()) {
      look.view().unfit().forEach(reply.withArray("/inAlarm")::add);
    } else {
      reply.put("unreadable", "the alarms");
    }
    Optional<Release> active = look.head().active();
    active.flatMap(release -> verdict(look, release)).ifPresent(said -> put(reply, said));
    OptionalInt serves = active.map(Release::baseline).orElseGet(() -> look.head().stable());
    if (active.filter(release -> release.state() instanceof ReleaseState.WithTraffic).isEmpty()) {
      outlook
          .forecast(look, look.wish().settings(), serves)
          .ifPresent(forecast ->
              reply
                  .putObject("forecast")
                  .put("replayGated", forecast.replayGated())
                  .put("why", forecast.why()));
    }
  }

  /** Only a canary and a watch are judged. */
  private Optional<Verdict> verdict(Look look, Release release) {
    boolean judged =
        release.state() instanceof ReleaseState.Canary
            || release.state() instanceof ReleaseState.Watching;
    return judged
        ? release.evidenceFrom().map(from -> verdict(look, release, from))
        : Optional.empty();
  }

  private Verdict verdict(Look look, Release release, Instant from) {
    return look.view().now().isAfter(from)
        ? weighing.weigh(look, release, from)
        : new Verdict.Hold("the alias settles; counting begins at " + from, new TreeMap<>());
  }

  private static void put(ObjectNode reply, Verdict verdict) {
    switch (verdict) {
      case Verdict.Pass(var numbers) -> put(reply, "PASS", "every test is passed", numbers);
      case Verdict.Hold(String why, var numbers) -> put(reply, "HOLD", why, numbers);
      case Verdict.Fail(var reasons, var numbers) ->
          put(
              reply,
              "FAIL",
              reasons.stream().map(Reason::toString).collect(Collectors.joining("; ")),
              numbers);
    }
  }

  private static void put(
      ObjectNode reply, String answer, String why, SortedMap<String, String> numbers) {
    ObjectNode verdict = reply.putObject("verdict").put("answer", answer).put("why", why);
    numbers.forEach(verdict.putObject("numbers")::put);
  }

  private static void head(ObjectNode reply, String model, Head head) {
    reply.put("model", model).put("seq", head.seq());
    number(reply, "stable", head.stable());
    number(reply, "previousStable", head.previousStable());
    reply.put("mode", head.control().mode().name());
    number(reply, "pinned", head.control().pinned());
    head.control().degraded().ifPresent(why -> reply.put("degraded", why));
    head.desired().ifPresent(alias -> reply.put("alias", alias.toString()));
    head.active().ifPresent(release -> release(reply.putObject("active"), release));
    head.pending().ifPresent(release -> release(reply.putObject("pending"), release));
    head.last().ifPresent(release -> release(reply.putObject("last"), release));
  }

  private static void release(ObjectNode reply, Release release) {
    reply
        .put("id", release.id())
        .put("kind", release.proposal().kind().name())
        .put("state", release.state().label())
        .put("bundle", release.proposal().bundleDigest())
        .put("replayGated", release.replayGated())
        .put("deadline", release.deadline().toString())
        .put("actor", release.actor());
    number(reply, "candidate", release.candidate());
    number(reply, "baseline", release.baseline());
    number(reply, "target", release.target());
    release.reasons().forEach(reason -> reply.withArray("/reasons").add(reason.toString()));
  }

  private static void number(ObjectNode reply, String name, OptionalInt value) {
    value.ifPresent(number -> reply.put(name, number));
  }
}
