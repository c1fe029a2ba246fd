package dev.slipway.inference.protocol;

import dev.slipway.inference.http.HttpProblem;
import dev.slipway.inference.http.HttpReply;
import dev.slipway.inference.http.HttpRequest;
import dev.slipway.runtime.LoadedModel;
import dev.slipway.runtime.ModelException;
import dev.slipway.runtime.NumberTensor;
import dev.slipway.runtime.Prediction;
import dev.slipway.runtime.Tensor;
import java.util.List;

/** Answers requests of the Open Inference Protocol v2 with one model. Thread-safe. */
public final class OpenInference {
  /** Says which release answered, in every reply; the same as {@code model_version}. */
  public static final String VERSION_HEADER = "Slipway-Model-Version";

  private static final String SERVER_VERSION = "0.1.0";
  private static final int SERVER_ERROR = 500;
  private static final int TOO_LARGE = 413;

  /** Lambda returns at most 6 MB (AWS Lambda quotas); the rest of the reply takes some of it. */
  private static final int MAX_REPLY_BYTES = 6_000_000;

  /**
   * Products of a few such numbers leave FP32 (at most 3.4e38), so an answer that is none may be
   * the input's fault; a measurement is never as large.
   */
  private static final double MOST_PLAUSIBLE = 1e15;

  private final String name;
  private final String version;
  private final LoadedModel model;
  private final InferRequestReader reader;
  private final InferReplyWriter writer;
  private final Descriptions descriptions;

  /**
   * Creates the protocol's server side.
   *
   * @param name the model's name in paths
   * @param version what replies say as {@code model_version}
   * @param model the model; stays open as long as requests come
   */
  public OpenInference(String name, String version, LoadedModel model) {
    this.name = name;
    this.version = version;
    this.model = model;
    reader = new InferRequestReader(model.signature());
    writer = new InferReplyWriter(name, version);
    descriptions = new Descriptions(name, version, model.signature());
  }

  /** {@return what replies say as {@code model_version}} */
  public String version() {
    return version;
  }

  /**
   * {@return the answer to a request; a problem is an answer too}
   *
   * @param request what came through the gateway
   */
  public Answer answer(HttpRequest request) {
    try {
      Route route = Route.of(request.path(), name, version);
      route.checkMethod(request.method());
      return switch (route) {
        case SERVER -> described(HttpReply.json(HttpReply.OK, descriptions.server(SERVER_VERSION)));
        case LIVE -> described(HttpReply.json(HttpReply.OK, descriptions.live()));
        case READY -> described(HttpReply.json(HttpReply.OK, descriptions.ready()));
        case MODEL -> described(HttpReply.json(HttpReply.OK, descriptions.model()));
        case MODEL_READY -> described(HttpReply.json(HttpReply.OK, descriptions.modelReady()));
        case INFER -> infer(request);
      };
    } catch (HttpProblem e) {
      return problem(Outcome.REFUSED, e);
    }
  }

  /**
   * {@return the answer that says what is wrong}
   *
   * @param outcome what became of the request
   * @param problem what is wrong
   */
  public Answer problem(Outcome outcome, HttpProblem problem) {
    return new Answer(outcome, problem.code(), problem.reply().with(VERSION_HEADER, version));
  }

  /**
   * {@return the answer to a request that met an error of our own}
   *
   * @param error what was thrown; the client sees only its class and place
   */
  public Answer unexpected(RuntimeException error) {
    StackTraceElement[] trace = error.getStackTrace();
    String place =
        trace.length == 0 ? "" : " at " + trace[0].getClassName() + ":" + trace[0].getLineNumber();
    return problem(
        Outcome.FAILED,
        new HttpProblem(
            SERVER_ERROR,
            "INTERNAL_ERROR",
            "the server failed with "
                + error.getClass().getSimpleName()
                + place
                + ". This is a fault of Slipway; please report it with the request."));
  }

  private Answer infer(HttpRequest request) {
    MediaTypes.check(request);
    InferRequest read = reader.read(request.body());
    try {
      return switch (model.predict(read.inputs())) {
        case Prediction.Valid valid -> answered(read, valid);
        case Prediction.Invalid(List<String> problems) -> invalid(read, problems);
      };
    } catch (ModelException e) {
      return failed(e);
    }
  }

  /** Numbers beyond all measure overflow inside any model; that says nothing about this version. */
  private Answer invalid(InferRequest request, List<String> problems) {
    for (Tensor tensor : request.inputs()) {
      if (tensor instanceof NumberTensor numbers && numbers.datatype().isFloating()) {
        for (int i = 0; i < numbers.size(); i++) {
          if (Math.abs(numbers.getDouble(i)) > MOST_PLAUSIBLE) {
            return problem(
                Outcome.REFUSED,
                HttpProblem.badRequest(
                    "VALUE_OUT_OF_RANGE",
                    "element "
                        + i
                        + " of input "
                        + numbers.name()
                        + " is "
                        + numbers.getDouble(i)
                        + " and the model's arithmetic overflows, expected magnitudes up to "
                        + MOST_PLAUSIBLE
                        + ". Send values such as those the model was trained on."));
          }
        }
      }
    }
    return problem(
        Outcome.INVALID,
        new HttpProblem(
            SERVER_ERROR,
            "MODEL_OUTPUT_INVALID",
            "the model's answer is not one that may be given: "
                + String.join("; ", problems)
                + ". The request was well formed; the failure is counted against this version."));
  }

  private Answer answered(InferRequest request, Prediction.Valid valid) {
    HttpReply reply = HttpReply.json(HttpReply.OK, writer.write(request, valid.outputs()));
    if (reply.body().bytesOnTheWay() > MAX_REPLY_BYTES) {
      return problem(
          Outcome.REFUSED,
          new HttpProblem(
              TOO_LARGE,
              "REPLY_TOO_LARGE",
              "the reply has "
                  + reply.body().bytesOnTheWay()
                  + " bytes, expected at most "
                  + MAX_REPLY_BYTES
                  + ". Send fewer rows per request, or name only the outputs that are needed."));
    }
    return new Answer(Outcome.ANSWERED, "", reply.with(VERSION_HEADER, version));
  }

  private Answer failed(ModelException e) {
    return switch (e.code()) {
      case MODEL_INPUT_INVALID ->
          problem(
              Outcome.REFUSED,
              HttpProblem.badRequest(e.code().name(), String.valueOf(e.getMessage())));
      case MODEL_RUN_FAILED, MODEL_LOAD_FAILED, MODEL_SIGNATURE_MISMATCH, TELEMETRY_NOT_DISABLED ->
          problem(
              Outcome.FAILED,
              new HttpProblem(
                  SERVER_ERROR,
                  e.code().name(),
                  "the model failed while it ran. The request was well formed; the failure is"
                      + " counted against this version."));
    };
  }

  private Answer described(HttpReply reply) {
    return new Answer(Outcome.DESCRIBED, "", reply.with(VERSION_HEADER, version));
  }
}
