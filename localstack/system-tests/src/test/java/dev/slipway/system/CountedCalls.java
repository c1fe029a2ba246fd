package dev.slipway.system;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Notes the name of every call that an SDK client of this process makes on this thread. The SDK
 * finds it by the file {@code software/amazon/awssdk/global/handlers/execution.interceptors}.
 */
public final class CountedCalls implements ExecutionInterceptor {
  private static final ThreadLocal<List<String>> SEEN =
      ThreadLocal.withInitial(CopyOnWriteArrayList::new);

  /** Begins to count. */
  static void forget() {
    SEEN.get().clear();
  }

  /** {@return the names of this thread's calls since then, in order} */
  static List<String> seen() {
    return List.copyOf(SEEN.get());
  }

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    SEEN.get().add(attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME));
  }
}
