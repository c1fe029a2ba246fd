package dev.slipway.inference.protocol;

import dev.slipway.inference.http.HttpProblem;
import dev.slipway.inference.http.HttpRequest;
import java.util.Locale;

/** Refuses bodies of a kind that is not read. */
final class MediaTypes {
  private static final int UNSUPPORTED = 415;

  private MediaTypes() {}

  static void check(HttpRequest request) {
    checkHeaderLength(request);
    checkEncoding(request.header("content-encoding"));
    String header = request.header("content-type").toLowerCase(Locale.ROOT);
    int semicolon = header.indexOf(';');
    String type = (semicolon < 0 ? header : header.substring(0, semicolon)).strip();
    boolean json = type.equals("application/json") || type.endsWith("+json");
    if (!type.isEmpty() && !json) {
      throw new HttpProblem(
          UNSUPPORTED,
          "MEDIA_TYPE_UNSUPPORTED",
          "Content-Type is "
              + Requests.quote(type)
              + ", expected application/json. With curl, add -H 'Content-Type: application/json'.");
    }
    if (semicolon >= 0) {
      checkCharset(header.substring(semicolon + 1));
    }
  }

  /** A JSON header shorter than the body announces binary tensors behind it. */
  private static void checkHeaderLength(HttpRequest request) {
    String length = request.header("inference-header-content-length").strip();
    if (!length.isEmpty() && !length.equals(Integer.toString(request.body().length))) {
      throw HttpProblem.badRequest(
          "BINARY_TENSORS_UNSUPPORTED",
          "Inference-Header-Content-Length is "
              + Requests.quote(length)
              + " and the body has "
              + request.body().length
              + " bytes, expected tensors as JSON: the extension for binary tensors is not offered"
              + " (GET /v2, extensions). With tritonclient, call set_data_from_numpy(…,"
              + " binary_data=False).");
    }
  }

  private static void checkEncoding(String found) {
    if (!found.isEmpty() && !found.equalsIgnoreCase("identity")) {
      throw new HttpProblem(
          UNSUPPORTED,
          "CONTENT_ENCODING_UNSUPPORTED",
          "Content-Encoding is "
              + Requests.quote(found)
              + ", expected none. Send the body as it is.");
    }
  }

  private static void checkCharset(String parameters) {
    int at = parameters.indexOf("charset=");
    if (at >= 0) {
      String rest = parameters.substring(at + "charset=".length());
      int end = rest.indexOf(';');
      String charset = (end < 0 ? rest : rest.substring(0, end)).replace('"', ' ').strip();
      if (!charset.equals("utf-8") && !charset.equals("utf8") && !charset.equals("us-ascii")) {
        throw new HttpProblem(
            UNSUPPORTED,
            "MEDIA_TYPE_UNSUPPORTED",
            "the charset is "
                + Requests.quote(charset)
                + ", expected utf-8. Encode the body in UTF-8.");
      }
    }
  }
}
