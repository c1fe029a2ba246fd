import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.crac.Core;
import com.amazonaws.services.lambda.crac.Resource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The function that the executor's tests deploy; the event says what it does. */
public class Sample implements RequestHandler<Map<String, Object>, Object>, Resource {

    private static int calls;

    public Sample() throws Exception {
        Core.getGlobalContext().register(this);
        switch (String.valueOf(System.getenv("START"))) {
            case "throw" -> throw new IllegalStateException("cannot start");
            case "exit" -> System.exit(3);
            default -> System.out.println("started");
        }
    }

    @Override
    public void beforeCheckpoint(com.amazonaws.services.lambda.crac.Context<? extends Resource> context) {
        System.out.println("before the snapshot");
    }

    @Override
    public void afterRestore(com.amazonaws.services.lambda.crac.Context<? extends Resource> context) throws Exception {
        System.out.println("after the snapshot");
        if ("fail".equals(System.getenv("RESTORE"))) {
            throw new IllegalStateException("cannot go on");
        }
    }

    @Override
    public Object handleRequest(Map<String, Object> event, Context context) {
        calls++;
        return switch (String.valueOf(event.get("do"))) {
            case "print" -> print((String) event.get("text"));
            case "throw" -> throw new IllegalArgumentException("bad event");
            case "exit" -> exit();
            case "sleep" -> sleep(((Number) event.get("millis")).longValue());
            case "read" -> read(System.getenv("SLIPWAY_OPT_ROOT") + "/" + event.get("path"));
            case "large" -> "x".repeat(((Number) event.get("bytes")).intValue());
            case "layered" -> layered();
            default -> describe(context);
        };
    }

    private static Object describe(Context context) {
        Map<String, Object> found = new TreeMap<>();
        found.put("calls", calls);
        found.put("pid", ProcessHandle.current().pid());
        found.put("environment", System.getenv());
        found.put("arn", context.getInvokedFunctionArn());
        found.put("version", context.getFunctionVersion());
        found.put("requestId", context.getAwsRequestId());
        found.put("maxHeap", Runtime.getRuntime().maxMemory());
        found.put("remaining", context.getRemainingTimeInMillis());
        return found;
    }

    private static Object print(String text) {
        System.out.println(text);
        return "printed";
    }

    private static Object exit() {
        System.out.println("leaving");
        System.exit(7);
        return null;
    }

    private static Object sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return "slept";
    }

    private static Object read(String path) {
        try {
            return Files.readString(Path.of(path));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Object layered() {
        try {
            return Class.forName("Layered").getMethod("text").invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
