package dev.slipway.release;

/**
 * From which ledger entry on the alias ought to have which content. An alias whose description
 * names entry {@code n} and whose content is the intent of {@code n} was written by a controller,
 * however late the write arrived; anything else is a foreign write.
 *
 * @param seq entry that made the content desired
 * @param content what the alias ought to be
 */
public record Intent(long seq, AliasContent content) {}
