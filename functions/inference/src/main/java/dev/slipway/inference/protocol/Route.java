package dev.slipway.inference.protocol;

import dev.slipway.inference.http.HttpProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a request asks for, by its path. */
public enum Route {
  /** {@code GET /v2}: what the server is. */
  SERVER("GET"),
  /** {@code GET /v2/health/live}. */
  LIVE("GET"),
  /** {@code GET /v2/health/ready}. */
  READY("GET"),
  /** {@code GET /v2/models/{model}}: what the model takes and gives. */
  MODEL("GET"),
  /** {@code GET /v2/models/{model}/ready}. */
  MODEL_READY("GET"),
  /** {@code POST /v2/models/{model}/infer}. */
  INFER("POST");

  private static final int NOT_FOUND = 404;
  private static final int NOT_ALLOWED = 405;

  private final String method;

  Route(String method) {
    this.method = method;
  }

  /**
   * {@return the route of a path}
   *
   * @param path the path below the gateway's stage; one slash at its end is ignored
   * @param model the model that is served
   * @param version its version; {@code /versions/{version}} is answered for no other
   * @throws HttpProblem with 404 when there is none, naming what exists
   */
  public static Route of(String path, String model, String version) {
    List<String> parts = parts(path);
    if (parts.size() >= 3 && parts.get(0).equals("v2") && parts.get(1).equals("models")) {
      return ofModel(path, parts, model, version);
    }
    return switch (String.join("/", parts)) {
      case "v2" -> SERVER;
      case "v2/health/live" -> LIVE;
      case "v2/health/ready" -> READY;
      default -> throw unknownPath(path, model);
    };
  }

  /**
   * Refuses another verb than the route's.
   *
   * @param found the request's verb
   * @throws HttpProblem with 405 and the header {@code Allow}
   */
  public void checkMethod(String found) {
    if (!found.equals(method)) {
      throw new HttpProblem(
          NOT_ALLOWED,
          "METHOD_NOT_ALLOWED",
          "this path takes " + method + ", found " + Requests.quote(found) + ".",
          Map.of("Allow", method));
    }
  }

  private static Route ofModel(String path, List<String> parts, String model, String version) {
    if (!parts.get(2).equals(model)) {
      throw new HttpProblem(
          NOT_FOUND,
          "MODEL_UNKNOWN",
          "no model " + Requests.quote(parts.get(2)) + " is served here, expected " + model + ".");
    }
    List<String> rest = parts.subList(3, parts.size());
    if (rest.size() >= 2 && rest.get(0).equals("versions")) {
      if (!rest.get(1).equals(version)) {
        throw new HttpProblem(
            NOT_FOUND,
            "VERSION_UNKNOWN",
            "version "
                + Requests.quote(rest.get(1))
                + " of model "
                + model
                + " is not the one that answers, which is "
                + version
                + ". Leave /versions/… out to be answered by any version that is live.");
      }
      rest = rest.subList(2, rest.size());
    }
    return switch (String.join("/", rest)) {
      case "" -> MODEL;
      case "ready" -> MODEL_READY;
      case "infer" -> INFER;
      default -> throw unknownPath(path, model);
    };
  }

  private static List<String> parts(String path) {
    List<String> parts = new ArrayList<>();
    int start = path.startsWith("/") ? 1 : 0;
    while (start < path.length()) {
      int end = path.indexOf('/', start);
      end = end < 0 ? path.length() : end;
      parts.add(path.substring(start, end));
      start = end + 1;
    }
    return parts;
  }

  private static HttpProblem unknownPath(String path, String model) {
    return new HttpProblem(
        NOT_FOUND,
        "PATH_UNKNOWN",
        "nothing is at "
            + Requests.quote(path)
            + ", expected one of GET /v2, GET /v2/health/live, GET /v2/health/ready, GET /v2/models/"
            + model
            + ", GET /v2/models/"
            + model
            + "/ready, POST /v2/models/"
            + model
            + "/infer.");
  }
}
