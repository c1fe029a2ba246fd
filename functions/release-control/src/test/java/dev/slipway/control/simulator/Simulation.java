package dev.slipway.control.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.control.Controller;
import dev.slipway.control.port.FunctionShape;
import dev.slipway.control.port.InvokeReply;
import dev.slipway.control.port.S3Place;
import dev.slipway.control.port.WishStore;
import dev.slipway.control.port.World;
import dev.slipway.release.DatasetSequence;
import dev.slipway.release.Head;
import dev.slipway.release.Proposal;
import dev.slipway.release.ReleaseKind;
import dev.slipway.release.ledger.EntryStore;
import dev.slipway.release.ledger.InMemoryEntryStore;
import dev.slipway.release.ledger.LedgerEntry;
import dev.slipway.release.ledger.ReleaseLedger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** One model, its controller and everything around both, in memory. */
public final class Simulation {
  /** The one model. */
  public static final String MODEL = "demo";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FUNCTION = "slipway-demo";
  private static final String GOOD_REPLY =
      "{\"statusCode\":200,\"isBase64Encoded\":false,\"body\":\"{\\\"outputs\\\":"
          + SimulatedBundles.GOLDEN_OUTPUTS.replace("\"", "\\\"")
          + "}\"}";

  private final SimulatedTime time = new SimulatedTime();
  private final Faults faults = new Faults();
  private final LambdaControlPlaneSimulator lambda =
      new LambdaControlPlaneSimulator(FUNCTION, time, faults, template());
  private final SimulatedBundles bundles = new SimulatedBundles(faults, lambda);
  private final SimulatedTraffic traffic = new SimulatedTraffic(faults, time, lambda);
  private final InMemoryEntryStore entries = new InMemoryEntryStore();
  private final List<String> log = new ArrayList<>();
  private final List<String> pages = new ArrayList<>();
  private final List<String> loops = new ArrayList<>();
  private final Map<String, InvokeReply> answers = new HashMap<>();
  private Optional<String> wish = Optional.empty();
  private int proposals;
  private boolean ledgerFails;

  /** A freshly deployed stack without any release. */
  public Simulation() {
    deployCode("a");
    lambda.answers((shape, payload) ->
        answers.getOrDefault(
            shape.environment().getOrDefault("SLIPWAY_BUNDLE_DIGEST", "-"),
            new InvokeReply("", GOOD_REPLY)));
  }

  /** {@return the configuration in the template: the fallback responder} */
  public static FunctionShape template() {
    return new FunctionShape(
        "java25", "dev.slipway.fallback.FallbackHandler", "role", 512, 10, Map.of(), List.of());
  }

  /** {@return a controller that starts with nothing in memory} */
  public Controller controller() {
    EntryStore store = ledgerFails ? new StoreFaults(entries, faults) : entries;
    return new Controller(world(), new ReleaseLedger(store, time), "slipway");
  }

  /** {@return the ledger, read anew} */
  public ReleaseLedger ledger() {
    return new ReleaseLedger(entries, time);
  }

  /** {@return the state} */
  public Head head() {
    return ledger().read(MODEL).head();
  }

  /** {@return every entry} */
  public List<LedgerEntry> story() {
    return ledger().entries(MODEL, 1, 100_000);
  }

  /** {@return a controller whose surroundings were changed: a rule or a guard is missing} */
  public Controller controller(UnaryOperator<World> changed, EntryStore store) {
    return new Controller(changed.apply(world()), new ReleaseLedger(store, time), "slipway");
  }

  private World world() {
    WishStore wishes =
        new WishStore() {
          @Override
          public Optional<String> read(String model) {
            return faults.call("GetParameter", () -> wish);
          }

          @Override
          public List<String> models() {
            return faults.call("GetParametersByPath", () -> List.of(MODEL));
          }
        };
    return new World(
        lambda,
        lambda,
        traffic,
        traffic,
        bundles,
        wishes,
        (model, subject, message) -> pages.add(message),
        (model, seq) -> loops.add(model),
        time,
        log::add);
  }

  /** The stack wants other code: its digest is this letter, repeated. */
  public void deployCode(String letter) {
    deployCode(letter, "role");
  }

  /** The stack wants other code, and a role. */
  public void deployCode(String letter, String role) {
    S3Place zip = new S3Place("assets", letter + ".zip");
    lambda.put(zip, letter.repeat(64));
    ObjectNode json = JSON.createObjectNode();
    json.put("formatVersion", 1)
        .put("model", MODEL)
        .put("function", FUNCTION)
        .put("roleArn", role)
        .put("handler", "dev.slipway.inference.InferenceHandler")
        .put("runtime", "java25")
        .put("packageType", "zip")
        .put("memoryMb", 1769)
        .put("timeoutSeconds", 15)
        .put("architecture", "x86_64")
        .put("apiId", "api")
        .put("alarmTopicArn", "topic");
    json.putObject("code")
        .put("bucket", zip.bucket())
        .put("key", zip.key())
        .put("sha256", letter.repeat(64));
    json.putObject("environment").put("SLIPWAY_MODEL", MODEL);
    json.putObject("release")
        .put("bakeSeconds", 10)
        .put("regretSeconds", 3600)
        .put("healthyErrorRate", 0.01)
        .put("badErrorRate", 0.05)
        .put("tickSeconds", 2)
        .put("alarmPeriodSeconds", 10)
        .put("settleSeconds", 1)
        .putArray("steps")
        .add(50);
    wish = Optional.of(json.toString());
    lambda.deploy(template());
  }

  /** {@return the digest of a new bundle, proposed as a pipeline run does} */
  public String propose(String weights) {
    proposals++;
    String digest = bundles.add(MODEL, weights);
    ledger()
        .propose(
            MODEL,
            new Proposal(
                "run-" + proposals,
                ReleaseKind.MODEL,
                digest,
                Optional.of(new DatasetSequence(time.now().plusSeconds(proposals), "v")),
                Optional.of("run-" + proposals),
                Optional.empty(),
                false,
                "new data"),
            "propose",
            new TreeMap<>());
    return digest;
  }

  /** From now on the calls of the ledger fail like all others. */
  public void ledgerFails() {
    ledgerFails = true;
  }

  /** {@return the reply of the tick, which looks at every model} */
  public JsonNode tick() {
    return controller().handle(JSON.createObjectNode().put("source", "tick"));
  }

  /** {@return the reply of one look} */
  public JsonNode look() {
    return controller()
        .handle(JSON.createObjectNode().put("source", "release-loop").put("model", MODEL));
  }

  /** {@return the reply to a person} */
  public JsonNode command(String verb, String actor, String... details) {
    ObjectNode call =
        JSON.createObjectNode()
            .put("source", "operator")
            .put("model", MODEL)
            .put("command", verb)
            .put("actor", actor)
            .put("reason", "because");
    for (int i = 0; i < details.length; i += 2) {
      call.put(details[i], details[i + 1]);
    }
    return controller().handle(call);
  }

  /** Looks every two seconds under traffic until nothing is active, at most this long. */
  public void run(int requestsPerSecond, Duration atMost) {
    for (long second = 0; second < atMost.toSeconds(); second += 2) {
      boolean active = look().path("active").asBoolean();
      if (!active && head().active().isEmpty() && head().pending().isEmpty()) {
        return;
      }
      traffic.send(requestsPerSecond);
      time.pause(Duration.ofSeconds(1));
      traffic.send(requestsPerSecond);
      time.pause(Duration.ofSeconds(1));
    }
  }

  /** Versions of this bundle answer so from now on. */
  public void answer(String bundle, InvokeReply reply) {
    answers.put(bundle, reply);
  }

  /** {@return the time} */
  public SimulatedTime time() {
    return time;
  }

  /** {@return what fails} */
  public Faults faults() {
    return faults;
  }

  /** {@return Lambda} */
  public LambdaControlPlaneSimulator lambda() {
    return lambda;
  }

  /** {@return the registry} */
  public SimulatedBundles bundles() {
    return bundles;
  }

  /** {@return counters and alarms} */
  public SimulatedTraffic traffic() {
    return traffic;
  }

  /** {@return the ledger's objects} */
  public InMemoryEntryStore entries() {
    return entries;
  }

  /** {@return what people were told} */
  public List<String> pages() {
    return List.copyOf(pages);
  }

  /** {@return what was logged} */
  public List<String> log() {
    return List.copyOf(log);
  }
}
