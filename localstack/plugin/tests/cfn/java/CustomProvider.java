import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

/** The provider of a custom resource: says what it was asked for, and fails when the properties say so. */
public class CustomProvider implements RequestHandler<Map<String, Object>, String> {
    @Override
    public String handleRequest(Map<String, Object> event, Context context) {
        Map<?, ?> properties = (Map<?, ?>) event.get("ResourceProperties");
        String kind = (String) event.get("RequestType");
        String old = event.containsKey("OldResourceProperties")
                ? String.valueOf(((Map<?, ?>) event.get("OldResourceProperties")).get("Size"))
                : "none";
        System.out.println(kind + " " + event.get("PhysicalResourceId"));
        boolean fail = "true".equals(properties.get("Fail"));
        String body = """
                {"Status":"%s","Reason":"as told","PhysicalResourceId":"thing-%s","StackId":"%s","RequestId":"%s",
                 "LogicalResourceId":"%s","Data":{"Answer":"%s %s, before %s"}}
                """.formatted(fail ? "FAILED" : "SUCCESS", properties.get("Name"), event.get("StackId"), event.get("RequestId"),
                        event.get("LogicalResourceId"), kind, properties.get("Size"), old);
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest put = HttpRequest.newBuilder(URI.create((String) event.get("ResponseURL")))
                    .PUT(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            return String.valueOf(client.send(put, HttpResponse.BodyHandlers.discarding()).statusCode());
        } catch (java.io.IOException | InterruptedException problem) {
            throw new IllegalStateException(problem);
        }
    }
}
