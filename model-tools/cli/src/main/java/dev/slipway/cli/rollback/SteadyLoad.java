package dev.slipway.cli.rollback;

import dev.slipway.cli.aws.ModelAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A client that sends at a fixed rate, whatever becomes of the requests before; at most so many are
 * under way, as with any client that has a pool of connections. Safe for several threads.
 */
final class SteadyLoad implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int UNDER_WAY = 16;
  private static final String VERSION = "Slipway-Model-Version";

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final Semaphore places = new Semaphore(UNDER_WAY);
  private final Collection<Sample> samples = new ConcurrentLinkedQueue<>();
  private final HttpRequest request;

  private SteadyLoad(ModelAddress address, String body) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(
                URI.create(address.url() + "/v2/models/" + address.model() + "/infer"))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    address.headers().forEach(builder::header);
    request = builder.build();
  }

  /** Begins to send. */
  static SteadyLoad start(ModelAddress address, String body, int perSecond) {
    SteadyLoad load = new SteadyLoad(address, body);
    load.clock.scheduleAtFixedRate(
        load::send, 0, TimeUnit.SECONDS.toNanos(1) / perSecond, TimeUnit.NANOSECONDS);
    return load;
  }

  private void send() {
    if (!places.tryAcquire()) {
      return;
    }
    Instant sent = Instant.now();
    client
        .sendAsync(request, HttpResponse.BodyHandlers.discarding())
        .handle((reply, failure) -> {
          places.release();
          return samples.add(
              failure == null
                  ? new Sample(
                      sent,
                      Instant.now(),
                      reply.statusCode(),
                      reply.headers().firstValue(VERSION).orElse(""))
                  : new Sample(sent, Instant.now(), 0, ""));
        });
  }

  /** {@return the requests answered so far, sent at {@code from} or later} */
  List<Sample> since(Instant from) {
    return samples.stream().filter(sample -> !sample.sent().isBefore(from)).toList();
  }

  /** Stops sending; answers that are on their way are not waited for. */
  @Override
  public void close() {
    clock.shutdownNow();
    client.shutdownNow();
  }
}
