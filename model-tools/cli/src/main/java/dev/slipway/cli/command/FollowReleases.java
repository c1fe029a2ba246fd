package dev.slipway.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.cli.Pause;
import dev.slipway.cli.aws.History;
import dev.slipway.cli.aws.ReleaseController;
import dev.slipway.cli.print.Console;
import dev.slipway.cli.print.EntryLines;
import dev.slipway.cli.print.LiveLine;
import dev.slipway.release.Head;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Shows a release as it goes: entries when they are written, what is weighed in between. */
final class FollowReleases {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  /** A log gets a line when something changed, and as a sign of life. */
  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(10);

  private static final int MOST_AT_ONCE = 1000;

  private final Console console;
  private final History history;
  private final ReleaseController controller;
  private final String model;
  private final boolean json;
  private String gist = "";
  private Instant shown = Instant.EPOCH;

  FollowReleases(
      Console console, History history, ReleaseController controller, String model, boolean json) {
    this.console = console;
    this.history = history;
    this.controller = controller;
    this.model = model;
    this.json = json;
  }

  void from(Head first) {
    Head head = first;
    while (isBusy(head)) {
      Pause.of(LOOK_EVERY, "following");
      JsonNode status = controller.status(model);
      long last = head.seq();
      head = history.head();
      if (head.seq() > last) {
        entriesAfter(last);
      }
      if (isBusy(head)) {
        look(status);
      }
    }
    console.clearReplaced();
    if (!json) {
      console.print("Nothing is under way.");
    }
  }

  private static boolean isBusy(Head head) {
    return head.active().isPresent() || head.pending().isPresent();
  }

  private void entriesAfter(long seq) {
    console.clearReplaced();
    history
        .after(seq, MOST_AT_ONCE)
        .forEach(entry -> {
          if (json) {
            console.printJsonLine(Map.of("entry", EntryLines.json(entry)));
          } else {
            console.print(EntryLines.line(entry));
          }
        });
  }

  private void look(JsonNode status) {
    if (json) {
      console.printJsonLine(Map.of("look", status));
    } else if (console.interactive()) {
      console.replace(LiveLine.of(status));
    } else if (!LiveLine.gist(status).equals(gist)
        || shown.plus(SIGN_OF_LIFE).isBefore(Instant.now())) {
      gist = LiveLine.gist(status);
      shown = Instant.now();
      console.print(LiveLine.of(status));
    }
  }
}
