package dev.slipway.control.histories;

import dev.slipway.control.simulator.Simulation;
import dev.slipway.release.AliasContent;
import dev.slipway.release.Head;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.Version;
import dev.slipway.release.ledger.LedgerBrokenException;
import dev.slipway.release.ledger.LedgerEntry;
import dev.slipway.release.ledger.ReleaseLedger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Checks the invariants before every call that any worker makes. */
final class Watcher {
  private final Simulation world;
  private final ReleaseLedger ledger;
  private final Map<Integer, Integer> alarmedSince = new HashMap<>();
  private final Set<String> neverToServe = new HashSet<>();
  private int writes;
  private boolean byHand;
  private long checked;

  Watcher(Simulation world) {
    this.world = world;
    this.ledger = world.ledger();
  }

  void neverServes(String bundle) {
    neverToServe.add(bundle);
  }

  void alarm(int version, boolean on, int step) {
    world.traffic().raise(version, on);
    if (on) {
      alarmedSince.putIfAbsent(version, step);
    } else {
      alarmedSince.remove(version);
    }
  }

  void moveByHand(AliasContent content) {
    world.lambda().moveByHand(content);
    byHand = true;
    writes = world.lambda().aliasHistory().size();
  }

  Head head() {
    try {
      return ledger.read(Simulation.MODEL).head();
    } catch (LedgerBrokenException broken) {
      throw new Violation("I5: " + broken.getMessage());
    }
  }

  void check(int step) {
    Head head = head();
    if (world.lambda().aliasHistory().size() > writes) {
      writes = world.lambda().aliasHistory().size();
      byHand = false;
    }
    world.lambda().alias().ifPresent(alias -> check(head, alias.content()));
    entries(head, step);
  }

  private void check(Head head, AliasContent alias) {
    if (!world.lambda().existing().containsAll(alias.serves())) {
      throw new Violation("I4: the alias " + alias + " serves what does not exist");
    }
    boolean settled = head.confirmed().isPresent() && head.isAliasConfirmed() && !byHand;
    if (settled && !alias.equals(head.desired().orElse(alias))) {
      throw new Violation(
          "I9, I10: confirmed as " + head.desired() + " by entry " + head.seq() + ", is " + alias);
    }
    for (int number : byHand ? Set.<Integer>of() : alias.serves()) {
      verified(head, number);
    }
  }

  private void verified(Head head, int number) {
    String bundle =
        world.lambda().shape(number).environment().getOrDefault("SLIPWAY_BUNDLE_DIGEST", "");
    if (neverToServe.contains(bundle)) {
      throw new Violation("I1: version " + number + " serves a bundle that is not verified");
    }
    String recorded =
        head.version(number).map(Version::content).flatMap(c -> c.bundleDigest()).orElse(bundle);
    if (!recorded.equals(bundle)) {
      throw new Violation(
          "I1: version " + number + " serves " + bundle + ", the ledger says " + recorded);
    }
  }

  private void entries(Head head, int step) {
    if (head.seq() <= checked) {
      return;
    }
    for (LedgerEntry entry : ledger.entries(Simulation.MODEL, checked + 1, 1000)) {
      if (entry.event() instanceof ReleaseEvent.Passed) {
        passed(head, step);
      }
    }
    checked = head.seq();
  }

  private void passed(Head head, int step) {
    head.active()
        .or(head::last)
        .flatMap(release -> release.candidate().stream().boxed().findFirst())
        .filter(version -> alarmedSince.getOrDefault(version, step) < step)
        .ifPresent(version -> {
          throw new Violation("W9: version " + version + " went forward while in ALARM");
        });
  }

  void atEnd() {
    if (!world.ledger().audit(Simulation.MODEL).problems().isEmpty()) {
      throw new Violation("I5: " + world.ledger().audit(Simulation.MODEL).problems());
    }
  }
}
