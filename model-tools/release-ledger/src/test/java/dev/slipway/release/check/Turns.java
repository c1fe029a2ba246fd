package dev.slipway.release.check;

/**
 * Turns by number, and what becomes of a worker's turn when another one acts. A worker that can
 * only be refused from now on is idle already: its refusal touches nobody.
 */
final class Turns {
  /** Stands where there is no second worker. */
  static final int NOBODY = -1;

  private final Numbered<Turn> turns = new Numbered<>();
  private final Product product;
  private final Mutant mutant;
  final int idle = turns.of(Turn.IDLE);

  Turns(Product product, Mutant mutant) {
    this.product = product;
    this.mutant = mutant;
  }

  int of(Turn turn) {
    return turns.of(turn);
  }

  Turn get(int number) {
    return turns.get(number);
  }

  /** Somebody appended to the ledger. */
  int headMoved(int number) {
    if (number == NOBODY || number == idle) {
      return number;
    }
    Turn turn = turns.get(number);
    return switch (turn.phase()) {
      case IDLE, LOOKED -> number;
      case WROTE, PUBLISHED, DELETED -> stale(turn, mutant.keepsStaleHeads());
      case HEAD_READ, LATEST_WRITTEN, FENCED -> stale(turn, true);
      case PLANNED -> stale(turn, mutant.keepsStaleHeads() || hasEffect(turn));
    };
  }

  private int stale(Turn turn, boolean kept) {
    return kept ? turns.of(turn.withStaleHead()) : idle;
  }

  private boolean hasEffect(Turn turn) {
    return switch (product.step(turn.step()).kind()) {
      case MOVE, DELETE, PUBLISH -> true;
      case REST, WRITE, RESTORE, VERIFY, PROBE, JUDGE -> false;
    };
  }

  /** Somebody wrote the alias, which was {@code old} before. */
  int aliasMoved(int number, int old) {
    if (number == NOBODY || number == idle) {
      return number;
    }
    Turn turn = turns.get(number);
    return switch (turn.phase()) {
      case LOOKED -> turns.of(turn.withStaleAlias(old));
      case PLANNED ->
          isRefused(product.step(turn.step())) ? idle : turns.of(turn.withStaleAlias(old));
      case IDLE, HEAD_READ, WROTE, LATEST_WRITTEN, PUBLISHED, FENCED, DELETED -> number;
    };
  }

  /** Whether a stale revision leaves nothing of a step. */
  boolean isRefused(Step step) {
    boolean writes = step.kind() == Step.Kind.MOVE || step.kind() == Step.Kind.DELETE;
    return writes && !mutant.keepsStaleAliases();
  }
}
