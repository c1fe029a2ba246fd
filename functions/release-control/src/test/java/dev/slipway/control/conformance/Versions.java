package dev.slipway.control.conformance;

import static dev.slipway.control.conformance.Conformance.OTHER;
import static dev.slipway.control.conformance.Conformance.refused;
import static dev.slipway.control.port.LambdaControlPlane.LATEST;

import dev.slipway.control.conformance.Conformance.Assertion;
import dev.slipway.control.port.ControlPlaneException.Kind;
import dev.slipway.control.port.FunctionState;
import java.util.List;

/** Assertions on versions. */
final class Versions {
  private Versions() {}

  static List<Assertion> all() {
    return List.of(
        new Assertion(
            "publish_nothingChanged_givesTheLastVersionAgain",
            "PublishVersion",
            b -> {
              int before = b.publish().number();
              return b.publish().number() == before;
            }),
        new Assertion(
            "publish_otherCodeHash_isRefused",
            "PublishVersion",
            b ->
                refused(
                    () ->
                        b.plane().publish(b.function(), "0".repeat(64), b.latest().revision(), ""),
                    Kind.STALE,
                    Kind.INVALID)),
        new Assertion(
            "publish_otherRevision_isStale",
            "PublishVersion",
            b ->
                refused(
                    () -> b.plane().publish(b.function(), b.latest().codeSha256(), OTHER, ""),
                    Kind.STALE)),
        new Assertion(
            "publish_codeChanged_givesTheNextNumber",
            "PublishVersion",
            b -> {
              int before = b.publish().number();
              b.code(b.second());
              return b.publish().number() == before + 1;
            }),
        new Assertion(
            "publish_configurationChanged_givesTheNextNumber",
            "PublishVersion",
            b -> {
              int before = b.publish().number();
              return b.version("x") == before + 1;
            }),
        new Assertion(
            "publish_lastVersionDeleted_numberIsNotUsedAgain",
            "PublishVersion",
            b -> {
              int before = b.version("x");
              b.plane().deleteVersion(b.function(), before);
              return b.version("y") == before + 1;
            }),
        new Assertion(
            "publish_missingFunction_isNotFound",
            "PublishVersion",
            b ->
                refused(
                    () ->
                        b.plane().publish("no-" + b.function(), b.latest().codeSha256(), OTHER, ""),
                    Kind.NOT_FOUND)),
        new Assertion(
            "publish_whileUpdating_isConflict",
            "PublishVersion",
            b -> {
              b.code(b.second());
              FunctionState now = b.plane().get(b.function(), LATEST);
              return refused(
                  () -> b.plane().publish(b.function(), now.codeSha256(), now.revision(), ""),
                  Kind.CONFLICT);
            }),
        new Assertion(
            "version_afterLaterConfiguration_keepsItsOwn",
            "Developer Guide, versions",
            b -> {
              int one = b.version("one");
              b.version("two");
              return "one".equals(b.state(one).shape().environment().get("MARK"));
            }),
        new Assertion(
            "version_afterLaterCode_keepsItsOwn",
            "Developer Guide, versions",
            b -> {
              int one = b.version("one");
              String code = b.state(one).codeSha256();
              b.code(b.second());
              b.latest();
              return code.equals(b.state(one).codeSha256());
            }),
        new Assertion(
            "version_ofLatest_hasItsCode",
            "PublishVersion",
            b -> {
              b.code(b.second());
              String code = b.latest().codeSha256();
              return b.publish().codeSha256().equals(code);
            }),
        new Assertion(
            "version_ofLatest_hasItsConfiguration",
            "PublishVersion",
            b -> {
              int one = b.version("one");
              return b.state(one).shape().equals(b.latest().shape());
            }),
        new Assertion(
            "get_missingFunction_isNotFound",
            "GetFunctionConfiguration",
            b -> refused(() -> b.plane().get("no-" + b.function(), LATEST), Kind.NOT_FOUND)),
        new Assertion(
            "get_missingVersion_isNotFound",
            "GetFunctionConfiguration",
            b -> refused(() -> b.state(999), Kind.NOT_FOUND)),
        new Assertion(
            "get_latest_namesItself",
            "GetFunctionConfiguration",
            b -> b.latest().version().equals(LATEST)),
        new Assertion(
            "get_version_namesItsNumber",
            "GetFunctionConfiguration",
            b -> {
              int one = b.version("one");
              return b.state(one).number() == one;
            }),
        new Assertion(
            "get_twice_hasOneRevision",
            "GetFunctionConfiguration",
            b -> {
              String before = b.latest().revision();
              return b.latest().revision().equals(before);
            }));
  }
}
