package dev.slipway.release.ledger;

import dev.slipway.release.ReleaseEvent;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One line of a model's history.
 *
 * @param formatVersion 1
 * @param seq number, from 1 without gaps
 * @param at when, by the writer's clock; order is by {@code seq}, never by this
 * @param actor who: {@code controller}, {@code propose}, {@code intake} or {@code operator:NAME}
 * @param id unique per attempt, so that a writer recognises its own entry after a lost reply
 * @param release the release it is about
 * @param from state before
 * @param to state after
 * @param event what happened
 * @param evidence numbers and texts behind it, for people
 * @param previousHash SHA-256 of the bytes of the entry before; 64 zeros for the first
 */
public record LedgerEntry(
    int formatVersion,
    long seq,
    Instant at,
    String actor,
    String id,
    Optional<String> release,
    String from,
    String to,
    ReleaseEvent event,
    SortedMap<String, String> evidence,
    String previousHash) {
  /** The hash that stands before the first entry. */
  public static final String NO_PREVIOUS = "0".repeat(64);

  /** Copies the evidence. */
  public LedgerEntry {
    evidence = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(evidence));
  }
}
