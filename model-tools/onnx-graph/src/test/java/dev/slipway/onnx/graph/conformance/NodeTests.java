package dev.slipway.onnx.graph.conformance;

import dev.slipway.onnx.proto.ModelProto;
import dev.slipway.onnx.proto.TensorProto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The ONNX backend tests of {@code onnx==1.22.0}: small models with their inputs. The script {@code
 * model-tools/onnx-graph/node-tests} brings them into the build's cache once.
 */
public final class NodeTests {
  private static final int MINUTES = 3;

  private NodeTests() {}

  /** {@return all single-operator cases, by name} */
  public static List<Case> all() {
    return in("node");
  }

  /** {@return small graphs of several nodes} */
  public static List<Case> graphs() {
    return Stream.of("simple", "pytorch-converted", "pytorch-operator")
        .flatMap(kind -> in(kind).stream())
        .toList();
  }

  /** {@return nine classic convolutional networks with made-up weights} */
  public static List<Path> classics() {
    return list(folder().resolve("light")).stream()
        .filter(file -> file.toString().endsWith(".onnx"))
        .toList();
  }

  private static List<Case> in(String kind) {
    return list(folder().resolve(kind)).stream()
        .filter(folder -> Files.exists(folder.resolve("model.onnx")))
        .map(Case::new)
        .toList();
  }

  /** The folder of the data; a machine that cannot reach the Python index skips these tests. */
  private static Path folder() {
    Path script =
        Path.of(System.getProperty("slipway.root", "../.."))
            .resolve("model-tools/onnx-graph/node-tests");
    try {
      Process process = new ProcessBuilder(script.toString()).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      boolean done = process.waitFor(MINUTES, TimeUnit.MINUTES) && process.exitValue() == 0;
      Assumptions.assumeTrue(done, "no ONNX node tests here: " + said);
      return Path.of(said.strip());
    } catch (IOException e) {
      throw new UncheckedIOException("running " + script, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while fetching the node tests", e);
    }
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("listing " + folder, e);
    }
  }

  /**
   * One model.
   *
   * @param folder holds the model and its data sets
   */
  public record Case(Path folder) {
    /** {@return the name of the case} */
    public String name() {
      return folder.getFileName().toString();
    }

    /** {@return the file of the model} */
    public Path model() {
      return folder.resolve("model.onnx");
    }

    /**
     * {@return the inputs of the first data set in the order of the graph's inputs; empty if one is
     * no tensor, which ONNX Runtime Java cannot be given}
     */
    public Optional<List<TensorProto>> inputs() {
      List<TensorProto> inputs = new ArrayList<>();
      Path data = folder.resolve("test_data_set_0");
      for (int i = 0; Files.exists(data.resolve("input_" + i + ".pb")); i++) {
        try {
          inputs.add(TensorProto.parseFrom(Files.readAllBytes(data.resolve("input_" + i + ".pb"))));
        } catch (com.google.protobuf.InvalidProtocolBufferException _) {
          return Optional.empty();
        } catch (IOException e) {
          throw new UncheckedIOException("reading an input of " + name(), e);
        }
      }
      return Optional.of(inputs);
    }

    /** {@return the model and what it is given; empty if an input is no tensor} */
    public Optional<RuntimeRun.Prepared> prepared() {
      return inputs()
          .flatMap(inputs -> {
            try {
              return RuntimeRun.prepare(ModelProto.parseFrom(Files.readAllBytes(model())), inputs);
            } catch (IOException e) {
              throw new UncheckedIOException("reading " + model(), e);
            }
          });
    }

    @Override
    public String toString() {
      return name();
    }
  }
}
