package dev.slipway.control.simulator;

import dev.slipway.control.port.AliasStore;
import dev.slipway.control.port.ControlPlaneException;
import dev.slipway.control.port.ControlPlaneException.Kind;
import dev.slipway.control.port.FunctionShape;
import dev.slipway.control.port.FunctionState;
import dev.slipway.control.port.InvokeReply;
import dev.slipway.control.port.LambdaControlPlane;
import dev.slipway.control.port.LayerVersion;
import dev.slipway.control.port.LiveAlias;
import dev.slipway.control.port.S3Place;
import dev.slipway.release.AliasContent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;

/**
 * One Lambda function with its versions, alias and layers, as strict as the API reference says:
 * revisions are compared, updates take a second during which others are refused, an unchanged
 * publish gives the last version again, and a version that the alias routes to cannot be deleted.
 */
public final class LambdaControlPlaneSimulator implements LambdaControlPlane, AliasStore {
  private static final Duration UPDATE = Duration.ofSeconds(1);
  private static final Duration START = Duration.ofSeconds(2);
  private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:";

  /** The code, configuration and state of {@code $LATEST} or of one version. */
  private record Code(
      String sha256, String architecture, FunctionShape shape, String revision, Instant ready) {}

  private final String function;
  private final SimulatedTime time;
  private final Faults faults;
  private final Map<S3Place, String> objects = new HashMap<>();
  private final TreeMap<Integer, Code> versions = new TreeMap<>();
  private final List<String> layerDescriptions = new ArrayList<>();
  private final List<LayerVersion> layers = new ArrayList<>();
  private final Set<String> deletedLayers = new TreeSet<>();
  private final List<AliasContent> aliasHistory = new ArrayList<>();
  private final Set<String> provisioned = new TreeSet<>();
  private Code latest;
  private int nextVersion = 1;
  private int revisions;
  private String publishedOf = "";
  private Optional<LiveAlias> alias = Optional.empty();
  private boolean gatewayAllowed;
  private BiFunction<FunctionShape, String, InvokeReply> model =
      (shape, payload) -> new InvokeReply("", "{\"statusCode\":503}");

  LambdaControlPlaneSimulator(
      String function, SimulatedTime time, Faults faults, FunctionShape template) {
    this.function = function;
    this.time = time;
    this.faults = faults;
    this.latest = new Code("f".repeat(64), "x86_64", template, revision(), time.now());
  }

  /** What every version answers, by its configuration. */
  void answers(BiFunction<FunctionShape, String, InvokeReply> next) {
    model = next;
  }

  /** Puts an object where functions and layers may be made from. */
  void put(S3Place place, String sha256) {
    objects.put(place, sha256);
  }

  /** A deployment puts the template's code back, as {@code cdk deploy} does. */
  public void deploy(FunctionShape template) {
    latest = new Code("f".repeat(64), "x86_64", template, revision(), time.now());
  }

  /** Somebody moves the alias by hand, past the controller. */
  public void moveByHand(AliasContent content) {
    setAlias(content, "by hand");
  }

  /** Somebody gives an alias or a version provisioned concurrency. */
  public void provision(String qualifier) {
    provisioned.add(qualifier);
  }

  /** {@return every content the alias ever had, in order} */
  public List<AliasContent> aliasHistory() {
    return List.copyOf(aliasHistory);
  }

  /** {@return the versions that exist} */
  public List<Integer> existing() {
    return List.copyOf(versions.keySet());
  }

  /** {@return whether the gateway may call the alias} */
  public boolean isGatewayAllowed() {
    return gatewayAllowed;
  }

  /** {@return the configuration of a version} */
  public FunctionShape shape(int version) {
    return found(Optional.ofNullable(versions.get(version)), "version " + version).shape();
  }

  /** {@return the alias without a call} */
  public Optional<LiveAlias> alias() {
    return alias;
  }

  @Override
  public FunctionState get(String name, String qualifier) {
    return faults.call(
        "GetFunctionConfiguration",
        () -> {
          check(name);
          return qualifier.equals(LATEST)
              ? state(LATEST, latest)
              : state(qualifier, version(Integer.parseInt(qualifier)));
        });
  }

  @Override
  public void updateCode(String name, S3Place zip, String architecture, String revision) {
    faults.run(
        "UpdateFunctionCode",
        () -> {
          changeable(name, revision);
          String sha256 = object(zip);
          latest = new Code(sha256, architecture, latest.shape(), revision(), ready(UPDATE));
        });
  }

  @Override
  public void updateShape(String name, FunctionShape shape, String revision) {
    faults.run(
        "UpdateFunctionConfiguration",
        () -> {
          changeable(name, revision);
          for (String layer : shape.layers()) {
            if (deletedLayers.contains(layer)
                || layers.stream().noneMatch(known -> known.arn().equals(layer))) {
              throw failed(Kind.INVALID, "layer " + layer + " does not exist");
            }
          }
          latest =
              new Code(latest.sha256(), latest.architecture(), shape, revision(), ready(UPDATE));
        });
  }

  @Override
  public FunctionState publish(
      String name, String codeSha256, String revision, String description) {
    return faults.call(
        "PublishVersion",
        () -> {
          changeable(name, revision);
          if (!latest.sha256().equals(codeSha256)) {
            throw failed(Kind.STALE, "code is " + latest.sha256());
          }
          return publishLatest();
        });
  }

  /** Publishes as somebody would who compares neither code nor revision. */
  public FunctionState publishWhatever() {
    return faults.call("PublishVersion", this::publishLatest);
  }

  private FunctionState publishLatest() {
    if (!publishedOf.equals(latest.revision())) {
      versions.put(
          nextVersion,
          new Code(
              latest.sha256(), latest.architecture(), latest.shape(), revision(), ready(START)));
      nextVersion++;
      publishedOf = latest.revision();
    }
    if (versions.isEmpty()) {
      throw failed(Kind.CONFLICT, "nothing to publish");
    }
    return state(Integer.toString(versions.lastKey()), versions.lastEntry().getValue());
  }

  @Override
  public void deleteVersion(String name, int version) {
    faults.run(
        "DeleteFunction",
        () -> {
          version(version);
          if (alias.filter(live -> live.content().serves().contains(version)).isPresent()) {
            throw failed(Kind.CONFLICT, "the alias routes to version " + version);
          }
          versions.remove(version);
        });
  }

  @Override
  public Optional<LayerVersion> findLayer(String layer, String description) {
    return faults.call(
        "ListLayerVersions",
        () -> {
          int index = layerDescriptions.lastIndexOf(description);
          return index < 0 ? Optional.empty() : Optional.of(layers.get(index));
        });
  }

  @Override
  public LayerVersion publishLayer(
      String layer, S3Place zip, String description, String architecture) {
    return faults.call(
        "PublishLayerVersion",
        () -> {
          String sha256 = object(zip);
          LayerVersion made =
              new LayerVersion(
                  "arn:aws:lambda:us-east-1:000000000000:layer:"
                      + layer
                      + ":"
                      + (layers.size() + 1),
                  sha256);
          layers.add(made);
          layerDescriptions.add(description);
          return made;
        });
  }

  @Override
  public void deleteLayer(String layerArn) {
    faults.run(
        "DeleteLayerVersion",
        () -> {
          deletedLayers.add(layerArn);
          for (int i = 0; i < layers.size(); i++) {
            if (layers.get(i).arn().equals(layerArn)) {
              layerDescriptions.set(i, "deleted");
            }
          }
        });
  }

  @Override
  public InvokeReply invoke(String name, int version, String payload) {
    return faults.call(
        "Invoke",
        () -> {
          Code code = version(version);
          if (code.ready().isAfter(time.now())) {
            throw failed(Kind.CONFLICT, "version " + version + " is pending");
          }
          return model.apply(code.shape(), payload);
        });
  }

  @Override
  public Set<String> provisioned(String name) {
    return faults.call("ListProvisionedConcurrencyConfigs", () -> Set.copyOf(provisioned));
  }

  @Override
  public void allowGateway(String name, String aliasName, String apiId) {
    faults.run(
        "AddPermission",
        () -> {
          found(alias, "alias");
          gatewayAllowed = true;
        });
  }

  @Override
  public Optional<LiveAlias> get(String name) {
    return faults.call("GetAlias", () -> alias);
  }

  @Override
  public void create(String name, AliasContent content, String description) {
    faults.run(
        "CreateAlias",
        () -> {
          if (alias.isPresent()) {
            throw failed(Kind.CONFLICT, "the alias exists");
          }
          routable(content);
          setAlias(content, description);
        });
  }

  @Override
  public void update(String name, AliasContent content, String description, String revision) {
    faults.run(
        "UpdateAlias",
        () -> {
          if (!found(alias, "alias").revision().equals(revision)) {
            throw failed(Kind.STALE, "the alias has another revision");
          }
          routable(content);
          setAlias(content, description);
        });
  }

  /** Writes the alias as somebody would who does not compare revisions. */
  public void updateWhatever(AliasContent content, String description) {
    faults.run(
        "UpdateAlias",
        () -> {
          routable(content);
          setAlias(content, description);
        });
  }

  /** Deletes a version even if the alias routes to it. */
  public void deleteWhatever(int version) {
    faults.run("DeleteFunction", () -> versions.remove(version));
  }

  private void setAlias(AliasContent content, String description) {
    alias = Optional.of(new LiveAlias(content, description, revision()));
    aliasHistory.add(content);
  }

  private void routable(AliasContent content) {
    List<String> roles =
        content.serves().stream()
            .map(number -> version(number).shape().roleArn())
            .distinct()
            .toList();
    if (roles.size() > 1) {
      throw failed(Kind.INVALID, "the versions differ in role: " + roles);
    }
    boolean reserved =
        provisioned.contains(LIVE)
            || content.serves().stream().map(String::valueOf).anyMatch(provisioned::contains);
    if (content.serves().size() > 1 && reserved) {
      throw failed(Kind.INVALID, "weights beside provisioned concurrency of " + provisioned);
    }
  }

  private void changeable(String name, String revision) {
    check(name);
    if (latest.ready().isAfter(time.now())) {
      throw failed(Kind.CONFLICT, "an update is in progress");
    }
    if (!latest.revision().equals(revision)) {
      throw failed(Kind.STALE, "$LATEST has another revision");
    }
  }

  private FunctionState state(String version, Code code) {
    boolean busy = code.ready().isAfter(time.now());
    boolean mutable = version.equals(LATEST);
    return new FunctionState(
        ARN + function,
        version,
        code.sha256(),
        code.architecture(),
        code.shape(),
        "",
        code.revision(),
        !busy,
        mutable && busy,
        !busy || mutable,
        !mutable && busy,
        "");
  }

  /** Code that cannot be read is a wrong parameter, not a missing function. */
  private String object(S3Place zip) {
    return Optional.ofNullable(objects.get(zip))
        .orElseThrow(() -> failed(Kind.INVALID, zip + " does not exist"));
  }

  private Code version(int number) {
    return found(Optional.ofNullable(versions.get(number)), "version " + number);
  }

  private void check(String name) {
    if (!name.equals(function)) {
      throw failed(Kind.NOT_FOUND, "function " + name);
    }
  }

  private Instant ready(Duration after) {
    return time.now().plus(after);
  }

  private String revision() {
    revisions++;
    return "revision-" + revisions;
  }

  private static <T> T found(Optional<T> value, String what) {
    return value.orElseThrow(() -> failed(Kind.NOT_FOUND, what + " does not exist"));
  }

  private static ControlPlaneException failed(Kind kind, String message) {
    return new ControlPlaneException(kind, "SIMULATOR: " + message);
  }
}
