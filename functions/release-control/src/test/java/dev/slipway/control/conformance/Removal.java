package dev.slipway.control.conformance;

import static dev.slipway.control.conformance.Conformance.LAYER;
import static dev.slipway.control.conformance.Conformance.both;
import static dev.slipway.control.conformance.Conformance.layer;
import static dev.slipway.control.conformance.Conformance.layered;
import static dev.slipway.control.conformance.Conformance.refused;

import dev.slipway.control.conformance.Conformance.Assertion;
import dev.slipway.control.port.AliasStore;
import dev.slipway.control.port.ControlPlaneException.Kind;
import dev.slipway.control.port.LayerVersion;
import dev.slipway.release.AliasContent;
import java.util.List;
import java.util.Optional;

/** Assertions on removal. */
final class Removal {
  private Removal() {}

  static List<Assertion> all() {
    return List.of(
        new Assertion(
            "delete_primaryOfAlias_isConflict",
            "DeleteFunction",
            b -> {
              int one = b.version("one");
              b.alias(AliasContent.only(one));
              return refused(() -> b.plane().deleteVersion(b.function(), one), Kind.CONFLICT)
                  && b.state(one).number() == one;
            }),
        new Assertion(
            "delete_secondOfAlias_isConflict",
            "DeleteFunction",
            b -> {
              AliasContent both = both(b);
              b.alias(both);
              int two = both.secondary().orElseThrow();
              return refused(() -> b.plane().deleteVersion(b.function(), two), Kind.CONFLICT)
                  && b.state(two).number() == two;
            }),
        new Assertion(
            "delete_versionOfNoAlias_isGone",
            "DeleteFunction",
            b -> {
              int one = b.version("one");
              b.plane().deleteVersion(b.function(), one);
              return refused(() -> b.state(one), Kind.NOT_FOUND);
            }),
        new Assertion(
            "delete_oneVersion_keepsTheOthersAndLatest",
            "DeleteFunction",
            b -> {
              AliasContent both = both(b);
              b.plane().deleteVersion(b.function(), both.primary());
              return b.state(both.secondary().orElseThrow()).active() && b.latest().settled();
            }),
        new Assertion(
            "delete_movedAwayVersion_isAllowed",
            "DeleteFunction",
            b -> {
              AliasContent both = both(b);
              b.alias(both);
              int two = both.secondary().orElseThrow();
              b.move(AliasContent.only(both.primary()));
              b.plane().deleteVersion(b.function(), two);
              return refused(() -> b.state(two), Kind.NOT_FOUND);
            }),
        new Assertion(
            "layer_publishedTwice_isFoundAtItsNewest",
            "PublishLayerVersion",
            b -> {
              layer(b, "mark");
              LayerVersion second = layer(b, "mark");
              return b.plane().findLayer(LAYER, "mark").equals(Optional.of(second));
            }),
        new Assertion(
            "layer_otherDescription_isNotFound",
            "ListLayerVersions",
            b -> {
              layer(b, "mark");
              return b.plane().findLayer(LAYER, "other").isEmpty();
            }),
        new Assertion(
            "layer_deleted_isNotFoundButItsVersionStays",
            "DeleteLayerVersion",
            b -> {
              LayerVersion made = layer(b, "mark");
              layered(b, made.arn());
              int one = b.publish().number();
              b.settle().run();
              b.plane().deleteLayer(made.arn());
              return b.plane().findLayer(LAYER, "mark").isEmpty()
                  && b.state(one).shape().layers().equals(List.of(made.arn()));
            }),
        new Assertion(
            "layer_deleted_isNotAddedAgain",
            "DeleteLayerVersion",
            b -> {
              LayerVersion made = layer(b, "mark");
              b.plane().deleteLayer(made.arn());
              return refused(() -> layered(b, made.arn()), Kind.INVALID, Kind.NOT_FOUND);
            }),
        new Assertion(
            "layer_publishedAfterDeletion_hasANewNumber",
            "PublishLayerVersion",
            b -> {
              LayerVersion made = layer(b, "mark");
              b.plane().deleteLayer(made.arn());
              return !layer(b, "mark").arn().equals(made.arn());
            }),
        new Assertion(
            "invoke_missingVersion_isNotFound",
            "Invoke",
            b -> refused(() -> b.plane().invoke(b.function(), 999, "{}"), Kind.NOT_FOUND)),
        new Assertion(
            "permission_givenTwice_isHarmless",
            "AddPermission",
            b -> {
              b.alias(both(b));
              b.plane().allowGateway(b.function(), AliasStore.LIVE, "api");
              b.plane().allowGateway(b.function(), AliasStore.LIVE, "api");
              return true;
            }));
  }
}
