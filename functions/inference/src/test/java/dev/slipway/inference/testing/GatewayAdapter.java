package dev.slipway.inference.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.inference.InferenceHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The gateway in small: takes HTTP on the loopback address, hands each request to a handler as an
 * event, and sends its reply. For trying clients of other languages by hand, too: its {@code main}
 * serves what the environment names, as Lambda would.
 */
public final class GatewayAdapter implements AutoCloseable {
  private final HttpServer server;
  private final LambdaProcess process;

  /**
   * Starts serving.
   *
   * @param process the function
   * @param port where; 0 for any that is free
   */
  public GatewayAdapter(LambdaProcess process, int port) throws IOException {
    this.process = process;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/", this::exchange);
    server.start();
  }

  /**
   * Serves the breast-cancer sample until the process is ended.
   *
   * @param arguments the port, and an empty directory to write the bundle to
   */
  public static void main(String[] arguments) throws IOException {
    Path opt = Files.createDirectories(Path.of(arguments[1]));
    Deployment deployment = Deployment.of(BreastCancer.write(SampleEvents.root(), opt), opt);
    LambdaProcess process = new LambdaProcess(InferenceHandler.of(deployment.environment()));
    new GatewayAdapter(process, Integer.parseInt(arguments[0]));
  }

  /** {@return the base address, without a slash at its end} */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void exchange(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> headers = new HashMap<>();
      exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
      byte[] event =
          Events.event(
              exchange.getRequestMethod(),
              exchange.getRequestURI().getRawPath(),
              headers,
              exchange.getRequestBody().readAllBytes());
      Reply reply = process.invoke(event);
      reply.headers().forEach(exchange.getResponseHeaders()::set);
      byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
  }
}
