package dev.slipway.cli.aws;

import dev.slipway.release.Head;
import dev.slipway.release.Release;
import dev.slipway.release.Version;
import dev.slipway.release.aws.S3EntryStore;
import dev.slipway.release.ledger.ReleaseLedger;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** What the ledger says of one model now, in the words of the command line. */
public record LedgerView(Head head) {
  /** {@return the ledger of {@code model}, folded} */
  public static LedgerView read(
      AwsClients clients, Map<String, Map<String, String>> outputs, String model) {
    String bucket = Stacks.baseOutput(outputs, "LedgerBucket");
    return new LedgerView(
        new ReleaseLedger(new S3EntryStore(clients.s3(), bucket), Clock.systemUTC())
            .read(model)
            .head());
  }

  /** {@return the version that serves while nothing is in flight} */
  public Optional<Integer> liveVersion() {
    return boxed(head.stable());
  }

  /** {@return the bundle of that version; empty while the fallback serves} */
  public Optional<String> liveBundle() {
    return head.liveBundle();
  }

  /** {@return the release in flight} */
  public Optional<Release> active() {
    return head.active();
  }

  /** {@return whether a release is in flight or waits} */
  public boolean busy() {
    return head.active().isPresent() || head.pending().isPresent();
  }

  /** {@return one line on the release in flight, or on the last one} */
  public Optional<String> line() {
    return head.active().or(head::last).map(LedgerView::line);
  }

  /** {@return why the last release did not become live, if it did not} */
  public Optional<String> lastFailure() {
    return head.last().filter(release -> !release.reasons().isEmpty()).map(LedgerView::line);
  }

  /** {@return the live version's name in replies, version and digest} */
  public Optional<String> liveName() {
    return liveVersion().flatMap(head::version).map(LedgerView::name);
  }

  private static String name(Version version) {
    return version
        .content()
        .bundleDigest()
        .map(digest -> version.number() + "-" + digest.substring(0, 12))
        .orElse(version.number() + " (fallback)");
  }

  private static String line(Release release) {
    String candidate = boxed(release.candidate()).map(found -> " version " + found).orElse("");
    String gated = release.replayGated() ? " (replay-gated: too little traffic for a canary)" : "";
    String reasons =
        release.reasons().isEmpty()
            ? ""
            : ": "
                + release.reasons().stream()
                    .map(Object::toString)
                    .collect(Collectors.joining("; "));
    return release.proposal().kind() + " " + release.state().label() + candidate + gated + reasons;
  }

  private static Optional<Integer> boxed(OptionalInt value) {
    return value.isPresent() ? Optional.of(value.getAsInt()) : Optional.empty();
  }
}
