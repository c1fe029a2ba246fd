package dev.slipway.cli.print;

import dev.slipway.release.Head;
import dev.slipway.release.Release;
import dev.slipway.release.Version;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/** Where a model's releases stand, as a person or a script reads it. */
public final class HeadLines {
  private HeadLines() {}

  /** Prints what serves, what is under way and what is known of each version. */
  public static void print(Console console, String model, Head head) {
    console.print("%s: %s".formatted(model, head.control().mode()));
    head.control().degraded().ifPresent(why -> console.print("  DEGRADED  " + why));
    console.print(
        "  stable    " + (head.stable().isEmpty() ? "none yet" : head.stable().getAsInt()));
    head.desired().ifPresent(alias -> console.print("  alias     " + alias));
    head.active().ifPresent(release -> console.print("  active    " + line(release)));
    head.pending().ifPresent(release -> console.print("  waiting   " + line(release)));
    for (Version version : head.versions().values()) {
      console.print(
          "  version   %d %s %s"
              .formatted(
                  version.number(),
                  version.status(),
                  version
                      .content()
                      .bundleDigest()
                      .map(d -> d.substring(0, 12))
                      .orElse("fallback")));
    }
  }

  /** {@return the same for scripts} */
  public static Map<String, Object> json(String model, Head head) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("model", model);
    json.put("seq", head.seq());
    json.put("mode", head.control().mode().name());
    head.control().degraded().ifPresent(why -> json.put("degraded", why));
    put(json, "stable", head.stable());
    put(json, "previousStable", head.previousStable());
    head.desired().ifPresent(alias -> json.put("alias", alias.toString()));
    head.active().ifPresent(release -> json.put("active", release(release)));
    head.pending().ifPresent(release -> json.put("pending", release(release)));
    head.last().ifPresent(release -> json.put("last", release(release)));
    json.put("versions", head.versions().values().stream().map(HeadLines::version).toList());
    return json;
  }

  private static String line(Release release) {
    return "%s %s: %s"
        .formatted(release.proposal().kind(), release.state().label(), release.proposal().reason());
  }

  private static Map<String, Object> release(Release release) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", release.id());
    json.put("kind", release.proposal().kind().name());
    json.put("state", release.state().label());
    json.put("bundleDigest", release.proposal().bundleDigest());
    put(json, "candidate", release.candidate());
    put(json, "baseline", release.baseline());
    put(json, "target", release.target());
    json.put("replayGated", release.replayGated());
    json.put("actor", release.actor());
    json.put("reasons", release.reasons().stream().map(Object::toString).toList());
    return json;
  }

  private static Map<String, Object> version(Version version) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("number", version.number());
    json.put("status", version.status().name());
    version.content().bundleDigest().ifPresent(digest -> json.put("bundleDigest", digest));
    json.put("codeSha256", version.content().codeSha256());
    return json;
  }

  private static void put(Map<String, Object> json, String key, OptionalInt value) {
    value.ifPresent(number -> json.put(key, number));
  }
}
