package dev.slipway.control.port;

import java.util.Optional;
import java.util.Set;

/**
 * Functions, versions and layers. Every method throws {@link ControlPlaneException}.
 * Implementations are thread-safe.
 */
public interface LambdaControlPlane {
  /** The qualifier of the mutable code. */
  String LATEST = "$LATEST";

  /** {@return a function or version; throws NOT_FOUND when there is none} */
  FunctionState get(String function, String qualifier);

  /** Starts writing the code of {@code $LATEST}; STALE when the revision is another one. */
  void updateCode(String function, S3Place zip, String architecture, String revision);

  /**
   * Starts writing the configuration of {@code $LATEST}; STALE when the revision is another one.
   */
  void updateShape(String function, FunctionShape shape, String revision);

  /**
   * {@return a version made of {@code $LATEST}; the last one again when nothing changed since}
   *
   * @param codeSha256 lower-case hex; STALE when the code is another one
   * @param revision STALE when it is another one
   */
  FunctionState publish(String function, String codeSha256, String revision, String description);

  /** Deletes a version; NOT_FOUND when there is none, CONFLICT while an alias routes to it. */
  void deleteVersion(String function, int version);

  /** {@return the newest layer version with this description, if it is among the newest fifty} */
  Optional<LayerVersion> findLayer(String layer, String description);

  /** {@return a new layer version} */
  LayerVersion publishLayer(String layer, S3Place zip, String description, String architecture);

  /** Deletes a layer version; versions that use it keep working. */
  void deleteLayer(String layerArn);

  /** {@return what a version answers to a payload, synchronously} */
  InvokeReply invoke(String function, int version, String payload);

  /** {@return the aliases and versions of a function that have provisioned concurrency} */
  Set<String> provisioned(String function);

  /** Lets a REST API call an alias; nothing happens when it may already. */
  void allowGateway(String function, String alias, String apiId);
}
