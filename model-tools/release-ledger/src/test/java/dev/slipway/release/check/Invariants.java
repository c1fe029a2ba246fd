package dev.slipway.release.check;

import java.util.Optional;

/**
 * What must hold in every state, between any two steps. I3 holds by type (a head has one active
 * release), I8 and I12 are tested by name in {@code RulesTest}, I10 follows from W3 and W4 here: an
 * alias write needs a revision read before the head.
 */
final class Invariants {
  private Invariants() {}

  /** {@return the first invariant that a state breaks; empty when all hold} */
  static Optional<String> broken(Product product, State state) {
    Facts facts = product.facts(state.head());
    int served = product.serves(state.alias());
    int writer = Product.writerOf(state.alias());
    boolean ours = writer != Product.FOREIGN;
    if ((served & state.exists() & ~state.verified()) != 0) {
      return Optional.of("I1: the alias serves a version that was not verified");
    }
    if ((facts.needed() & ~state.exists()) != 0
        || facts.neededGone()
        || (facts.good() & state.exists()) == 0) {
      return Optional.of("I2: stable, baseline, fallback or every good version is gone");
    }
    if (!facts.stableGood()) {
      return Optional.of("I2: the stable version is not good");
    }
    if ((served & ~state.exists()) != 0) {
      return Optional.of("I4: the alias names a version that does not exist");
    }
    if (state.lost()) {
      return Optional.of("I5: an entry was lost: the ledger went back or stood still");
    }
    if (writer == Product.UNWANTED) {
      return Optional.of("I5: the alias was written without an entry that wanted it");
    }
    if (ours && facts.settled() && (served & facts.givenUp()) != 0) {
      return Optional.of("I6: a version that was given up serves again");
    }
    if (ours && (served & facts.stray()) != 0) {
      return Optional.of("I7: a candidate serves outside its own release");
    }
    if (ours && facts.pinned() >= 0 && Product.contentOf(state.alias()) != facts.pinned()) {
      return Optional.of("I9: the pin is confirmed and something else serves");
    }
    if (facts.twins()) {
      return Optional.of("I11: two live versions have the same content");
    }
    return facts.targetGood()
        ? Optional.empty()
        : Optional.of("I13: a rollback goes to a version that is not good");
  }
}
