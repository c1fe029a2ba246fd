package dev.slipway.control.port;

import dev.slipway.release.AliasContent;
import java.util.Optional;

/** The alias {@code live} of a function. Every method throws {@link ControlPlaneException}. */
public interface AliasStore {
  /** The alias's name. */
  String LIVE = "live";

  /** {@return the alias; empty when there is none} */
  Optional<LiveAlias> get(String function);

  /** Creates the alias; CONFLICT when it exists. */
  void create(String function, AliasContent content, String description);

  /** Writes the alias whole; STALE when the revision is another one. */
  void update(String function, AliasContent content, String description, String revision);
}
