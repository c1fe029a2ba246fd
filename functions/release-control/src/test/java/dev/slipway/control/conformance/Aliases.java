package dev.slipway.control.conformance;

import static dev.slipway.control.conformance.Conformance.OTHER;
import static dev.slipway.control.conformance.Conformance.both;
import static dev.slipway.control.conformance.Conformance.refused;

import dev.slipway.control.conformance.Conformance.Assertion;
import dev.slipway.control.port.ControlPlaneException.Kind;
import dev.slipway.release.AliasContent;
import java.util.List;

/** Assertions on aliases. */
final class Aliases {
  private Aliases() {}

  static List<Assertion> all() {
    return List.of(
        new Assertion(
            "alias_neverMade_isEmpty", "GetAlias", b -> b.aliases().get(b.function()).isEmpty()),
        new Assertion(
            "createAlias_missingVersion_isNotFound",
            "CreateAlias",
            b -> refused(() -> b.alias(AliasContent.only(999)), Kind.NOT_FOUND)),
        new Assertion(
            "createAlias_twice_isConflict",
            "CreateAlias",
            b -> {
              int one = b.version("one");
              b.alias(AliasContent.only(one));
              return refused(() -> b.alias(AliasContent.only(one)), Kind.CONFLICT);
            }),
        new Assertion(
            "createAlias_weights_areKept",
            "CreateAlias",
            b -> {
              AliasContent both = both(b);
              b.alias(both);
              return b.routing().equals(both);
            }),
        new Assertion(
            "updateAlias_otherRevision_isStale",
            "UpdateAlias",
            b -> {
              AliasContent both = both(b);
              b.alias(both);
              return refused(() -> b.aliases().update(b.function(), both, "", OTHER), Kind.STALE);
            }),
        new Assertion(
            "updateAlias_revisionUsedOnce_isStaleAfterwards",
            "UpdateAlias",
            b -> {
              AliasContent both = both(b);
              b.alias(both);
              String old = b.revision();
              b.move(AliasContent.only(both.primary()));
              return refused(() -> b.aliases().update(b.function(), both, "", old), Kind.STALE);
            }),
        new Assertion(
            "updateAlias_refused_changesNothing",
            "UpdateAlias",
            b -> {
              AliasContent both = both(b);
              b.alias(both);
              return refused(
                      () ->
                          b.aliases()
                              .update(b.function(), AliasContent.only(both.primary()), "", OTHER),
                      Kind.STALE)
                  && b.routing().equals(both);
            }),
        new Assertion(
            "updateAlias_missingVersion_isNotFound",
            "UpdateAlias",
            b -> {
              b.alias(both(b));
              return refused(() -> b.move(AliasContent.only(999)), Kind.NOT_FOUND);
            }),
        new Assertion(
            "updateAlias_missingSecondVersion_isRefused",
            "UpdateAlias",
            b -> {
              int one = b.version("one");
              b.alias(AliasContent.only(one));
              return refused(
                  () -> b.move(AliasContent.split(one, 999, 10)), Kind.NOT_FOUND, Kind.INVALID);
            }),
        new Assertion(
            "updateAlias_weights_areKept",
            "UpdateAlias",
            b -> {
              AliasContent both = both(b);
              b.alias(AliasContent.only(both.primary()));
              b.move(both);
              return b.routing().equals(both);
            }),
        new Assertion(
            "updateAlias_noWeights_clearsThem",
            "UpdateAlias",
            b -> {
              AliasContent both = both(b);
              b.alias(both);
              b.move(AliasContent.only(both.primary()));
              return b.routing().equals(AliasContent.only(both.primary()));
            }),
        new Assertion(
            "updateAlias_description_isKept",
            "UpdateAlias",
            b -> {
              b.alias(both(b));
              b.move(b.routing());
              return b.aliases().get(b.function()).orElseThrow().description().equals("moved");
            }),
        new Assertion(
            "updateAlias_beforeItIsMade_isNotFound",
            "UpdateAlias",
            b -> {
              int one = b.version("one");
              return refused(
                  () -> b.aliases().update(b.function(), AliasContent.only(one), "", OTHER),
                  Kind.NOT_FOUND);
            }),
        new Assertion(
            "weights_versionsOfTwoRoles_areRefused",
            "Developer Guide, weighted aliases",
            b -> {
              int one = b.version("one");
              int two = b.version("two", b.otherRole());
              b.alias(AliasContent.only(one));
              return refused(() -> b.move(AliasContent.split(one, two, 10)), Kind.INVALID);
            }));
  }
}
