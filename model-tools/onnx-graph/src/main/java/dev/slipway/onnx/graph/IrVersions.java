package dev.slipway.onnx.graph;

import dev.slipway.onnx.proto.AttributeProto;
import dev.slipway.onnx.proto.GraphProto;
import dev.slipway.onnx.proto.ModelProto;
import dev.slipway.onnx.proto.NodeProto;
import dev.slipway.onnx.proto.OperatorSetIdProto;
import dev.slipway.onnx.proto.TensorProto;
import dev.slipway.onnx.proto.TypeProto;
import dev.slipway.onnx.proto.ValueInfoProto;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The lowest IR version a model needs. Source: the version table of the ONNX specification
 * (docs/Versioning.md and {@code onnx.helper.VERSION_TABLE} of onnx 1.23).
 */
public final class IrVersions {
  /** The newest IR that ONNX Runtime Java 1.29 reads; it refuses 14. */
  public static final int NEWEST_WRITTEN = 13;

  /** The newest IR this library reads. */
  public static final int NEWEST_READ = 14;

  /** From this IR on an initializer need not be a graph input too; all we write relies on that. */
  static final int OPEN_INITIALIZERS = 4;

  private static final int OLDEST_WRITTEN = OPEN_INITIALIZERS;

  /** First operator set that needs the IR version. */
  private static final NavigableMap<Long, Integer> STANDARD =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(1L, 3),
              Map.entry(9L, 4),
              Map.entry(10L, 5),
              Map.entry(11L, 6),
              Map.entry(12L, 7),
              Map.entry(15L, 8),
              Map.entry(19L, 9),
              Map.entry(21L, 10),
              Map.entry(23L, 11),
              Map.entry(24L, 12),
              Map.entry(25L, 13),
              Map.entry(28L, 14)));

  private static final NavigableMap<Long, Integer> ML =
      new TreeMap<>(Map.of(1L, 3, 2L, 6, 3L, 8, 4L, 9, 5L, 10));

  private IrVersions() {}

  /**
   * {@return the lowest IR version that fits the model's operator sets and features}
   *
   * @throws OnnxException if that is newer than {@link #NEWEST_WRITTEN}
   */
  public static int lowestFor(ModelProto model) {
    int needed = OLDEST_WRITTEN;
    for (OperatorSetIdProto opset : model.getOpsetImportList()) {
      needed = Math.max(needed, forOpset(opset));
    }
    if (model.getFunctionsCount() > 0) {
      needed = Math.max(needed, 8);
    }
    if (model.getFunctionsList().stream().anyMatch(f -> !f.getOverload().isEmpty())) {
      needed = Math.max(needed, 10);
    }
    needed = Math.max(needed, forGraph(model.getGraph()));
    if (needed > NEWEST_WRITTEN) {
      throw new OnnxException(
          OnnxException.Code.ONNX_IR_TOO_NEW,
          "the model needs IR version %d, ONNX Runtime reads up to %d; export it with an older opset"
              .formatted(needed, NEWEST_WRITTEN));
    }
    return needed;
  }

  private static int forOpset(OperatorSetIdProto opset) {
    return switch (Domains.canonical(opset.getDomain())) {
      case Domains.STANDARD -> lookUp(STANDARD, opset.getVersion());
      case Domains.ML -> lookUp(ML, opset.getVersion());
      default -> OLDEST_WRITTEN;
    };
  }

  private static int lookUp(NavigableMap<Long, Integer> table, long version) {
    Map.Entry<Long, Integer> entry = table.floorEntry(version);
    return entry == null ? OLDEST_WRITTEN : entry.getValue();
  }

  private static int forGraph(GraphProto graph) {
    int needed = graph.getSparseInitializerCount() > 0 ? 6 : OLDEST_WRITTEN;
    for (TensorProto tensor : graph.getInitializerList()) {
      needed = Math.max(needed, forType(tensor.getDataType()));
    }
    for (ValueInfoProto value : graph.getInputList()) {
      needed = Math.max(needed, forType(value.getType()));
    }
    for (ValueInfoProto value : graph.getOutputList()) {
      needed = Math.max(needed, forType(value.getType()));
    }
    for (NodeProto node : graph.getNodeList()) {
      needed = Math.max(needed, forNode(node));
    }
    return needed;
  }

  private static int forNode(NodeProto node) {
    int needed = node.getOverload().isEmpty() ? OLDEST_WRITTEN : 10;
    for (AttributeProto attribute : node.getAttributeList()) {
      if (attribute.hasT()) {
        needed = Math.max(needed, forType(attribute.getT().getDataType()));
      }
      if (attribute.hasG()) {
        needed = Math.max(needed, forGraph(attribute.getG()));
      }
      for (GraphProto graph : attribute.getGraphsList()) {
        needed = Math.max(needed, forGraph(graph));
      }
    }
    return needed;
  }

  private static int forType(TypeProto type) {
    if (type.hasOptionalType() || type.hasSparseTensorType()) {
      return 8;
    }
    return forType(type.getTensorType().getElemType());
  }

  private static int forType(int number) {
    return ElementType.ofNumber(number).map(ElementType::irVersion).orElse(OLDEST_WRITTEN);
  }
}
