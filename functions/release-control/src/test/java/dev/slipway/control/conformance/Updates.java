package dev.slipway.control.conformance;

import static dev.slipway.control.conformance.Conformance.OTHER;
import static dev.slipway.control.conformance.Conformance.layered;
import static dev.slipway.control.conformance.Conformance.refused;
import static dev.slipway.control.port.LambdaControlPlane.LATEST;

import dev.slipway.control.conformance.Conformance.Assertion;
import dev.slipway.control.port.ControlPlaneException.Kind;
import dev.slipway.control.port.FunctionState;
import dev.slipway.control.port.S3Place;
import java.util.List;

/** Assertions on updates. */
final class Updates {
  private Updates() {}

  static List<Assertion> all() {
    return List.of(
        new Assertion(
            "updateCode_done_changesRevisionAndHash",
            "UpdateFunctionCode",
            b -> {
              FunctionState before = b.latest();
              b.code(b.second());
              FunctionState after = b.latest();
              return !before.revision().equals(after.revision())
                  && !before.codeSha256().equals(after.codeSha256());
            }),
        new Assertion(
            "updateCode_otherRevision_isStale",
            "UpdateFunctionCode",
            b ->
                refused(
                    () ->
                        b.plane()
                            .updateCode(b.function(), b.second(), b.latest().architecture(), OTHER),
                    Kind.STALE)),
        new Assertion(
            "updateCode_missingObject_isInvalid",
            "UpdateFunctionCode",
            b ->
                refused(
                    () -> b.code(new S3Place(b.first().bucket(), "missing.zip")), Kind.INVALID)),
        new Assertion(
            "updateCode_missingFunction_isNotFound",
            "UpdateFunctionCode",
            b ->
                refused(
                    () -> b.plane().updateCode("no-" + b.function(), b.second(), "x86_64", OTHER),
                    Kind.NOT_FOUND)),
        new Assertion(
            "updateCode_whileUpdating_isConflict",
            "UpdateFunctionCode",
            b -> {
              b.code(b.second());
              FunctionState now = b.plane().get(b.function(), LATEST);
              return refused(
                  () ->
                      b.plane()
                          .updateCode(b.function(), b.first(), now.architecture(), now.revision()),
                  Kind.CONFLICT);
            }),
        new Assertion(
            "updateConfiguration_done_changesRevision",
            "UpdateFunctionConfiguration",
            b -> {
              FunctionState before = b.latest();
              b.version("x");
              return !before.revision().equals(b.latest().revision());
            }),
        new Assertion(
            "updateConfiguration_otherRevision_isStale",
            "UpdateFunctionConfiguration",
            b ->
                refused(
                    () -> b.plane().updateShape(b.function(), b.latest().shape(), OTHER),
                    Kind.STALE)),
        new Assertion(
            "updateConfiguration_missingFunction_isNotFound",
            "UpdateFunctionConfiguration",
            b ->
                refused(
                    () -> b.plane().updateShape("no-" + b.function(), b.latest().shape(), OTHER),
                    Kind.NOT_FOUND)),
        new Assertion(
            "updateConfiguration_missingLayer_isRefused",
            "UpdateFunctionConfiguration",
            b ->
                refused(
                    () -> layered(b, "arn:aws:lambda:us-east-1:000000000000:layer:missing:1"),
                    Kind.INVALID,
                    Kind.NOT_FOUND)));
  }
}
