package dev.slipway.control;

import dev.slipway.control.port.World;
import dev.slipway.release.Plan;
import dev.slipway.release.ReleaseEvent;
import java.util.SortedMap;
import java.util.TreeMap;

/** Carries out one plan. Every effect has its intent in the ledger already (rule W2). */
final class Effects {
  private final Ledgering ledger;
  private final Outlook outlook;
  private final AliasSteps alias;
  private final FallbackStep fallback;
  private final VerifyStep verify;
  private final PublishStep publish;
  private final ProbeStep probe;
  private final JudgeStep judge;
  private final RemoveStep remove;

  Effects(World world, Ledgering ledger) {
    this.ledger = ledger;
    this.outlook = new Outlook(world);
    this.alias = new AliasSteps(world, ledger);
    this.fallback = new FallbackStep(world, ledger);
    this.verify = new VerifyStep(world, ledger);
    this.publish = new PublishStep(world, ledger);
    this.probe = new ProbeStep(world, ledger);
    this.judge = new JudgeStep(world, ledger);
    this.remove = new RemoveStep(world, ledger);
  }

  Step carryOut(Look look, Plan plan) {
    return switch (plan) {
      case Plan.Write(ReleaseEvent.Started event) ->
          ledger.append(look, event, preFlight(look, event));
      case Plan.Write(ReleaseEvent event) -> ledger.append(look, event);
      case Plan.PublishFallback _ -> fallback.publish(look);
      case Plan.CreateAlias(var content) -> alias.create(look, content);
      case Plan.MoveAlias(var content, boolean probeFirst) -> alias.move(look, content, probeFirst);
      case Plan.RestoreAlias(var found, _) -> alias.restore(look, found);
      case Plan.Verify(var release) -> verify.verify(look, release);
      case Plan.Publish(var release) -> publish.publish(look, release);
      case Plan.Probe(var release) -> probe.probe(look, release);
      case Plan.Judge(var release) -> judge.judge(look, release);
      case Plan.DeleteVersion(int version) -> remove.delete(look, version);
      case Plan.Rest(boolean active, var pause) -> new Step.Rest(active, pause);
    };
  }

  /** Said when a release starts; what counts is looked at again before its shift. */
  private SortedMap<String, String> preFlight(Look look, ReleaseEvent.Started event) {
    SortedMap<String, String> evidence = new TreeMap<>();
    outlook
        .forecast(look, event.settings(), look.head().stable())
        .ifPresent(forecast -> evidence.put("preFlight", forecast.why()));
    return evidence;
  }
}
