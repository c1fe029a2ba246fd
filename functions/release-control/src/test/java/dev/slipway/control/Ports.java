package dev.slipway.control;

import dev.slipway.control.port.LoopStarter;
import dev.slipway.control.port.Pager;
import dev.slipway.control.port.Time;
import dev.slipway.control.port.World;
import dev.slipway.release.ledger.EntryStore;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every call to AWS that the controller can make, found by reflection. */
final class Ports {
  /** These never throw, by contract, or call nobody. */
  private static final Set<Class<?>> SAFE =
      Set.of(Pager.class, LoopStarter.class, Time.class, Consumer.class);

  /** Only names an object. */
  private static final String NO_CALL = "place";

  private static final Set<Method> METHODS =
      Stream.concat(
              Arrays.stream(World.class.getRecordComponents()).map(RecordComponent::getType),
              Stream.of(EntryStore.class))
          .filter(port -> !SAFE.contains(port))
          .flatMap(port -> Arrays.stream(port.getMethods()))
          .filter(method -> Modifier.isAbstract(method.getModifiers()))
          .filter(method -> !method.getName().equals(NO_CALL))
          .collect(Collectors.toUnmodifiableSet());

  private Ports() {}

  static Set<Method> methods() {
    return METHODS;
  }

  /** {@return the methods of ports that are being called by this thread} */
  static Set<Method> onTheStack() {
    return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
        .walk(frames ->
            frames
                .flatMap(frame -> METHODS.stream().filter(method -> isFrameOf(frame, method)))
                .collect(Collectors.toSet()));
  }

  private static boolean isFrameOf(StackWalker.StackFrame frame, Method method) {
    return method.getName().equals(frame.getMethodName())
        && method.getDeclaringClass().isAssignableFrom(frame.getDeclaringClass())
        && frame.getMethodType().parameterList().equals(Arrays.asList(method.getParameterTypes()));
  }
}
