package dev.slipway.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.system.ModelClient.Reply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A client that asks for predictions again and again, beside what a test does. */
final class Traffic implements AutoCloseable {
  private static final int PAUSE_MILLIS = 100;

  private final Supplier<Reply> request;
  private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
  private final Set<String> versions = new ConcurrentSkipListSet<>();
  private final AtomicInteger answered = new AtomicInteger();
  private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
  private final Thread thread;

  /**
   * One request.
   *
   * @param at when its reply came, or when it was given up
   * @param failed whether it was answered otherwise than with 200
   */
  record Request(Instant at, boolean failed) {}

  private Traffic(Supplier<Reply> request) {
    this.request = request;
    this.thread = Thread.ofVirtual().unstarted(this::askAgainAndAgain);
  }

  /** Begins to send requests. */
  static Traffic to(ModelClient client) {
    return of(client::infer);
  }

  /** Begins to send a request of any kind. */
  static Traffic of(Supplier<Reply> request) {
    Traffic traffic = new Traffic(request);
    traffic.thread.start();
    return traffic;
  }

  private void askAgainAndAgain() {
    while (!Thread.currentThread().isInterrupted()) {
      ask();
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  private void ask() {
    int before = failures.size();
    tryToAsk();
    requests.add(new Request(Instant.now(), failures.size() > before));
  }

  private void tryToAsk() {
    try {
      Reply reply = request.get();
      if (reply.status() == 200) {
        answered.incrementAndGet();
        versions.add(reply.json().path("model_version").asText());
      } else {
        failures.add(reply.toString());
      }
    } catch (AssertionError failure) {
      if (!Thread.currentThread().isInterrupted()) {
        failures.add(failure.toString());
      }
    }
  }

  /** {@return how many requests were answered with 200 so far} */
  int answered() {
    return answered.get();
  }

  /** {@return what was answered otherwise, or not at all, so far} */
  List<String> failures() {
    return List.copyOf(failures);
  }

  /** {@return every request so far, in the order of their replies} */
  List<Request> requests() {
    return List.copyOf(requests);
  }

  /** {@return the versions that have answered so far} */
  Set<String> versions() {
    return Set.copyOf(versions);
  }

  /** Fails unless there were requests and each was answered with 200. */
  void mustHaveBeenAnswered() {
    assertEquals(List.of(), List.copyOf(failures));
    assertTrue(answered.get() > 0, "no request was answered");
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
