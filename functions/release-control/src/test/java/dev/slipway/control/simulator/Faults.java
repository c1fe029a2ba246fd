package dev.slipway.control.simulator;

import dev.slipway.control.port.ControlPlaneException;
import dev.slipway.control.port.ControlPlaneException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Decides for every call whether it fails, and how. Not thread-safe. */
public final class Faults {
  /** What may happen to a call. */
  public enum Fault {
    /** It works. */
    NONE,
    /** It is refused with 400 and not applied. */
    REFUSED,
    /** It never arrives. */
    REQUEST_LOST,
    /** It is applied, and the caller hears nothing. */
    REPLY_LOST,
    /** 429, not applied. */
    THROTTLED,
    /** 409, not applied. */
    CONFLICT,
    /** 412, not applied. */
    STALE,
    /** 500, not applied. */
    SERVER_ERROR,
    /** It is applied twice. */
    DUPLICATED,
    /** The caller is killed before it. */
    KILLED_BEFORE,
    /** It is applied and the caller is killed. */
    KILLED_AFTER
  }

  /** Chooses a fault. */
  @FunctionalInterface
  public interface Choice {
    /** {@return what happens to the call with this number and name} */
    Fault of(int number, String call);
  }

  /** The caller is gone: nothing may catch this but the test. */
  public static final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed(String call) {
      super("killed at " + call);
    }
  }

  private Choice choice = (number, call) -> Fault.NONE;
  private final List<String> calls = new ArrayList<>();

  /** Chooses from now on; calls are counted from 0 again. */
  public void choose(Choice next) {
    choice = next;
    calls.clear();
  }

  /** {@return the names of the calls since the last choice} */
  public List<String> calls() {
    return List.copyOf(calls);
  }

  void run(String name, Runnable effect) {
    call(
        name,
        () -> {
          effect.run();
          return true;
        });
  }

  /** {@return what the effect gives, unless the call fails} */
  public <T> T perform(String name, Supplier<T> effect) {
    return call(name, effect);
  }

  <T> T call(String name, Supplier<T> effect) {
    calls.add(name);
    return switch (choice.of(calls.size() - 1, name)) {
      case NONE -> effect.get();
      case REFUSED -> throw failed(Kind.INVALID, name);
      case REQUEST_LOST, SERVER_ERROR -> throw failed(Kind.UNKNOWN, name);
      case THROTTLED -> throw failed(Kind.THROTTLED, name);
      case CONFLICT -> throw failed(Kind.CONFLICT, name);
      case STALE -> throw failed(Kind.STALE, name);
      case REPLY_LOST -> {
        T unheard = effect.get();
        ignored(unheard);
        throw failed(Kind.UNKNOWN, name);
      }
      case DUPLICATED -> {
        T unheard = effect.get();
        ignored(unheard);
        yield effect.get();
      }
      case KILLED_BEFORE -> throw new Killed(name);
      case KILLED_AFTER -> {
        T unheard = effect.get();
        ignored(unheard);
        throw new Killed(name);
      }
    };
  }

  /** The caller never sees it. */
  private static void ignored(@SuppressWarnings("unused") Object reply) {}

  private static ControlPlaneException failed(Kind kind, String name) {
    return new ControlPlaneException(kind, "SIMULATED: " + kind + " at " + name);
  }
}
