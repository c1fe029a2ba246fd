package dev.slipway.control.histories;

import dev.slipway.control.port.AlarmPort;
import dev.slipway.control.port.AliasStore;
import dev.slipway.control.port.BundleStore;
import dev.slipway.control.port.ControlPlaneException;
import dev.slipway.control.port.FunctionShape;
import dev.slipway.control.port.FunctionState;
import dev.slipway.control.port.InvokeReply;
import dev.slipway.control.port.LambdaControlPlane;
import dev.slipway.control.port.LiveAlias;
import dev.slipway.control.port.World;
import dev.slipway.control.simulator.LambdaControlPlaneSimulator;
import dev.slipway.control.simulator.Simulation;
import dev.slipway.release.AliasContent;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.Set;

/** What stands between the product and the simulator for a mutant. */
final class Doubles {
  private static final String GOOD =
      "{\"statusCode\":200,\"isBase64Encoded\":false,\"body\":\"{\\\"outputs\\\":[{"
          + "\\\"name\\\":\\\"prediction\\\",\\\"datatype\\\":\\\"FP32\\\","
          + "\\\"shape\\\":[1,1],\\\"data\\\":[0.5]}]}\"}";

  private Doubles() {}

  /** Instead of a method of a port. */
  @FunctionalInterface
  private interface Instead {
    /** {@return the answer; empty to ask the port itself} */
    Optional<Object> answer(String method, Object[] arguments);
  }

  static World of(
      Mutant mutant, World world, LambdaControlPlaneSimulator lambda, MutatedStore store) {
    return new World(
        instead(LambdaControlPlane.class, world.lambda(), plane(mutant, lambda)),
        aliases(mutant, world.aliases(), lambda, store),
        world.counters(),
        instead(
            AlarmPort.class,
            world.alarms(),
            (method, _) ->
                mutant == Mutant.NO_ALARMS && method.equals("inAlarm")
                    ? Optional.of(Set.of())
                    : Optional.empty()),
        instead(
            BundleStore.class,
            world.bundles(),
            (method, _) ->
                mutant == Mutant.ANY_SIGNATURE && method.equals("isSigned")
                    ? Optional.of(true)
                    : Optional.empty()),
        world.wishes(),
        world.pager(),
        world.loops(),
        world.time(),
        world.log());
  }

  private static Instead plane(Mutant mutant, LambdaControlPlaneSimulator lambda) {
    FunctionShape[] wanted = {Simulation.template()};
    String[] code = {""};
    return (method, arguments) ->
        switch (mutant) {
          case NO_GOLDEN ->
              method.equals("invoke") ? Optional.of(new InvokeReply("", GOOD)) : Optional.empty();
          case DELETE_SERVING -> {
            if (method.equals("deleteVersion")) {
              lambda.deleteWhatever((int) arguments[1]);
              yield Optional.of(true);
            }
            yield Optional.empty();
          }
          case PUBLISH_ANYTHING -> anything(method, arguments, lambda, wanted, code);
          default -> Optional.empty();
        };
  }

  /** Publishes without guards, and says of the version whatever was asked for. */
  private static Optional<Object> anything(
      String method,
      Object[] arguments,
      LambdaControlPlaneSimulator lambda,
      FunctionShape[] wanted,
      String[] code) {
    if (method.equals("updateShape")) {
      wanted[0] = (FunctionShape) arguments[1];
    }
    if (method.equals("publish")) {
      code[0] = (String) arguments[1];
      return Optional.of(lambda.publishWhatever());
    }
    if (method.equals("get") && !arguments[1].equals(LambdaControlPlane.LATEST)) {
      FunctionState found = lambda.get((String) arguments[0], (String) arguments[1]);
      boolean known = !code[0].isEmpty() && !wanted[0].layers().isEmpty();
      return Optional.of(
          known
              ? new FunctionState(
                  found.arn(),
                  found.version(),
                  code[0],
                  found.architecture(),
                  wanted[0],
                  found.deadLetterArn(),
                  found.revision(),
                  found.settled(),
                  found.updating(),
                  found.active(),
                  found.starting(),
                  found.why())
              : found);
    }
    return Optional.empty();
  }

  private static AliasStore aliases(
      Mutant mutant, AliasStore real, LambdaControlPlaneSimulator lambda, MutatedStore store) {
    return new AliasStore() {
      @Override
      public Optional<LiveAlias> get(String function) {
        store.freeze();
        return real.get(function);
      }

      @Override
      public void create(String function, AliasContent content, String description) {
        real.create(function, content, description);
      }

      @Override
      public void update(
          String function, AliasContent content, String description, String revision) {
        if (mutant == Mutant.CONFIRM_BY_READ
            && lambda.alias().map(LiveAlias::content).equals(Optional.of(content))) {
          return;
        }
        try {
          if (mutant == Mutant.NO_REVISION) {
            lambda.updateWhatever(content, description);
          } else {
            real.update(function, content, description, revision);
          }
        } catch (ControlPlaneException failure) {
          if (mutant != Mutant.TIME_OUT_IS_SUCCESS
              || failure.kind() != ControlPlaneException.Kind.UNKNOWN) {
            throw failure;
          }
        }
      }
    };
  }

  private static <T> T instead(Class<T> port, T real, Instead instead) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> {
              Object[] given = arguments == null ? new Object[0] : arguments;
              Optional<Object> answer = instead.answer(method.getName(), given);
              if (answer.isPresent()) {
                return method.getReturnType() == void.class ? null : answer.get();
              }
              try {
                return method.invoke(real, given);
              } catch (InvocationTargetException failure) {
                throw failure.getTargetException();
              }
            }));
  }
}
