package dev.slipway.inference;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.slipway.bundle.BundleDirectory;
import dev.slipway.bundle.BundleDirectory.Scope;
import dev.slipway.inference.http.HttpProblem;
import dev.slipway.inference.http.ProxyEventReader;
import dev.slipway.inference.http.ProxyReplyWriter;
import dev.slipway.inference.protocol.Answer;
import dev.slipway.inference.protocol.OpenInference;
import dev.slipway.inference.protocol.Outcome;
import dev.slipway.runtime.LoadedModel;
import dev.slipway.runtime.NativeLibraries;
import dev.slipway.runtime.RuntimeOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The Lambda handler of one model. Everything slow happens in its constructor, which Lambda runs in
 * INIT: the bundle is checked file by file against the digest that was released with this version,
 * the model is loaded, and one request is answered. A wrong bundle makes the constructor throw:
 * such a version never answers.
 *
 * <p>Thread-safe.
 */
public final class InferenceHandler implements RequestStreamHandler {

  private final OpenInference protocol;
  private final Counters counters;
  private final Clock clock;
  private final AtomicBoolean warm = new AtomicBoolean();

  /**
   * Opens the bundle of this version.
   *
   * @throws RuntimeException when the environment, the bundle or the model is wrong, saying what
   */
  public InferenceHandler() {
    this(System.getenv(), RuntimeOptions.of(System.getenv()), Clock.systemUTC());
  }

  /**
   * {@return a handler outside Lambda, for programs that serve a bundle themselves}
   *
   * @param environment names and values as Lambda would set them
   * @throws RuntimeException as the constructor
   */
  public static InferenceHandler of(Map<String, String> environment) {
    return new InferenceHandler(environment, RuntimeOptions.of(environment), Clock.systemUTC());
  }

  /**
   * Opens the bundle that the environment names.
   *
   * @param environment names and values as Lambda sets them
   * @param options how ONNX Runtime is to work
   * @param clock the time in log lines
   */
  InferenceHandler(Map<String, String> environment, RuntimeOptions options, Clock clock) {
    ServingSettings settings = ServingSettings.of(environment);
    NativeLibraries.useDirectory(settings.libraries());
    BundleDirectory bundle =
        BundleDirectory.verify(settings.bundle(), Scope.SERVED, settings.digest());
    if (!bundle.manifest().model().equals(settings.model())) {
      throw new IllegalStateException(
          "BUNDLE_MODEL_MISMATCH: the bundle in "
              + settings.bundle()
              + " is of model "
              + bundle.manifest().model()
              + ", this function serves "
              + settings.model()
              + ". Release a bundle of this model.");
    }
    this.protocol =
        new OpenInference(
            settings.model(),
            settings.lambdaVersion() + "-" + bundle.digest().shortForm(),
            LoadedModel.open(bundle, options));
    this.counters =
        new Counters(settings.model(), settings.lambdaVersion(), settings.budgetMillis());
    this.clock = clock;
    warmUp(WarmUp.event(bundle));
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    long start = System.nanoTime();
    Answer answer = answer(input);
    ProxyReplyWriter.write(answer.reply(), output);
    boolean cold = Counters.isEvidence(answer.outcome()) && !warm.getAndSet(true);
    context.getLogger().log(counters.line(answer, System.nanoTime() - start, cold, clock.millis()));
  }

  private Answer answer(InputStream input) throws IOException {
    try {
      return protocol.answer(ProxyEventReader.read(input));
    } catch (HttpProblem e) {
      return protocol.problem(Outcome.REFUSED, e);
    } catch (RuntimeException e) {
      return protocol.unexpected(e);
    }
  }

  /** Its answer is thrown away: whether the model answers well is for the release to verify. */
  private void warmUp(byte[] event) {
    try {
      Answer answer = answer(new ByteArrayInputStream(event));
      ByteArrayOutputStream reply = new ByteArrayOutputStream();
      ProxyReplyWriter.write(answer.reply(), reply);
      counters.line(answer, 0, false, clock.millis());
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory failed", e);
    }
  }
}
