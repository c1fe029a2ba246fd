package dev.slipway.inference.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.slipway.bundle.OutputTensor;
import dev.slipway.inference.http.HttpProblem;
import dev.slipway.runtime.ModelSignature;
import dev.slipway.runtime.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads infer requests of the Open Inference Protocol v2 (KServe, "Predict Protocol - Version 2",
 * inference request JSON object) for one model. Thread-safe.
 */
public final class InferRequestReader {
  /** The most rows of one request; more would take longer than a client waits. */
  static final int MAX_ROWS = 50_000;

  private final DeclaredInputs inputs;
  private final List<String> outputs;

  /**
   * Creates a reader.
   *
   * @param signature what the model takes and gives
   */
  public InferRequestReader(ModelSignature signature) {
    inputs = new DeclaredInputs(signature.inputs());
    List<String> names = new ArrayList<>();
    for (OutputTensor output : signature.outputs()) {
      names.add(output.name());
    }
    outputs = List.copyOf(names);
  }

  /**
   * {@return the request in a body}
   *
   * @param body JSON in UTF-8
   * @throws HttpProblem when the body is no request that the model can answer
   */
  public InferRequest read(byte[] body) {
    if (body.length == 0) {
      throw HttpProblem.badRequest(
          "BODY_MISSING", "the body is empty, expected a JSON object with inputs " + inputs + ".");
    }
    Utf8.check(body, body.length);
    try (JsonParser parser = Requests.parser(body, 0, body.length)) {
      Requests.expect(JsonToken.START_OBJECT, parser.nextToken(), parser, "the body");
      InferRequest request = object(parser, body);
      if (parser.nextToken() != null) {
        throw HttpProblem.badRequest(
            "JSON_INVALID", "something follows the JSON object, expected the body to end there.");
      }
      return request;
    } catch (JsonProcessingException e) {
      throw Requests.syntax(e);
    } catch (IOException e) {
      throw HttpProblem.badRequest(
          "JSON_INVALID", "the body cannot be read as JSON in UTF-8: " + e.getMessage() + ".");
    }
  }

  private InferRequest object(JsonParser parser, byte[] body) throws IOException {
    Optional<String> id = Optional.empty();
    List<Tensor> given = List.of();
    List<String> wanted = List.of();
    boolean anyInputs = false;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String member = parser.currentName();
      JsonToken token = parser.nextToken();
      switch (member) {
        case "id" -> id = Optional.of(Requests.text(parser, token, "id"));
        case "inputs" -> {
          given = inputs(parser, body);
          anyInputs = true;
        }
        case "outputs" -> wanted = OutputsReader.read(parser, outputs);
        case "parameters" -> {
          Requests.expect(JsonToken.START_OBJECT, token, parser, "parameters");
          parser.skipChildren();
        }
        default ->
            throw HttpProblem.badRequest(
                "MEMBER_UNKNOWN",
                "the request has a member "
                    + Requests.quote(member)
                    + ", expected only id, inputs, outputs and parameters. Remove it.");
      }
    }
    if (!anyInputs) {
      throw HttpProblem.badRequest(
          "MEMBER_MISSING", "the request has no inputs, expected " + inputs + ".");
    }
    inputs.check(given, MAX_ROWS);
    return new InferRequest(id, given, wanted);
  }

  private List<Tensor> inputs(JsonParser parser, byte[] body) throws IOException {
    Requests.expect(JsonToken.START_ARRAY, parser.currentToken(), parser, "inputs");
    List<Tensor> tensors = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      tensors.add(InputReader.read(parser, inputs, body, body.length, tensors.size()));
    }
    return tensors;
  }
}
