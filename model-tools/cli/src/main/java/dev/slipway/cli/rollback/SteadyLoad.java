package dev.slipway.cli.rollback;

import dev.slipway.cli.aws.ModelAddress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/**
 * A client that sends at a fixed rate, whatever becomes of the requests before; at most so many are
 * under way, as with any client that has a pool of connections. Safe for several threads.
 */
final class SteadyLoad implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int UNDER_WAY = 16;
  private static final int NO_ANSWER = 0;
  private static final String VERSION = "Slipway-Model-Version";

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final Thread pacer = Thread.ofVirtual().unstarted(this::sendOnAndOn);
  private final Semaphore places = new Semaphore(UNDER_WAY);
  private final Collection<Sample> samples = new ConcurrentLinkedQueue<>();
  private final HttpRequest request;
  private final Duration pause;

  private SteadyLoad(ModelAddress address, String body, Duration pause) {
    this.pause = pause;
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
    SteadyLoad load = new SteadyLoad(address, body, Duration.ofSeconds(1).dividedBy(perSecond));
    load.pacer.start();
    return load;
  }

  private void sendOnAndOn() {
    while (!Thread.currentThread().isInterrupted()) {
      if (places.tryAcquire()) {
        Thread.ofVirtual().start(this::send);
      }
      try {
        Thread.sleep(pause);
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  private void send() {
    Instant sent = Instant.now();
    try {
      HttpResponse<Void> reply = client.send(request, HttpResponse.BodyHandlers.discarding());
      String version = reply.headers().firstValue(VERSION).orElse("");
      samples.add(new Sample(sent, Instant.now(), reply.statusCode(), version));
    } catch (IOException _) {
      samples.add(new Sample(sent, Instant.now(), NO_ANSWER, ""));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      places.release();
    }
  }

  /** {@return the requests answered so far, sent at {@code from} or later} */
  List<Sample> since(Instant from) {
    return samples.stream().filter(sample -> !sample.sent().isBefore(from)).toList();
  }

  /** Stops sending; answers that are on their way are not waited for. */
  @Override
  public void close() {
    pacer.interrupt();
    client.shutdownNow();
  }
}
