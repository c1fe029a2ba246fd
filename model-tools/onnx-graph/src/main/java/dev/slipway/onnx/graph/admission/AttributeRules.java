package dev.slipway.onnx.graph.admission;

import dev.slipway.onnx.graph.Node;
import dev.slipway.onnx.proto.AttributeProto;
import dev.slipway.onnx.proto.AttributeProto.AttributeType;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;

/** Every attribute is there once and holds a value of exactly its own type. */
final class AttributeRules {
  private final Findings findings;

  AttributeRules(Findings findings) {
    this.findings = findings;
  }

  void check(Node node, boolean inFunction) {
    Set<String> names = new HashSet<>();
    for (AttributeProto attribute : node.proto().getAttributeList()) {
      if (!names.add(attribute.getName())) {
        bad(node, attribute, "is there twice");
      }
      if (!attribute.getRefAttrName().isEmpty()) {
        if (!inFunction) {
          bad(node, attribute, "refers to a function's attribute outside of any function");
        }
      } else {
        checkType(node, attribute);
      }
    }
  }

  private void checkType(Node node, AttributeProto attribute) {
    AttributeType type = attribute.getType();
    Set<AttributeType> found = held(attribute);
    found.remove(type);
    if (type == AttributeType.UNDEFINED || !found.isEmpty()) {
      bad(node, attribute, "is of type %s and holds %s".formatted(type, held(attribute)));
    } else if (isMessage(type) && !held(attribute).contains(type)) {
      bad(node, attribute, "is of type %s and holds none".formatted(type));
    }
  }

  private static boolean isMessage(AttributeType type) {
    return switch (type) {
      case TENSOR, GRAPH, SPARSE_TENSOR, TYPE_PROTO -> true;
      default -> false;
    };
  }

  private static Set<AttributeType> held(AttributeProto attribute) {
    Set<AttributeType> held = EnumSet.noneOf(AttributeType.class);
    add(held, AttributeType.FLOAT, attribute.hasF());
    add(held, AttributeType.INT, attribute.hasI());
    add(held, AttributeType.STRING, attribute.hasS());
    add(held, AttributeType.TENSOR, attribute.hasT());
    add(held, AttributeType.GRAPH, attribute.hasG());
    add(held, AttributeType.SPARSE_TENSOR, attribute.hasSparseTensor());
    add(held, AttributeType.TYPE_PROTO, attribute.hasTp());
    add(held, AttributeType.FLOATS, attribute.getFloatsCount() > 0);
    add(held, AttributeType.INTS, attribute.getIntsCount() > 0);
    add(held, AttributeType.STRINGS, attribute.getStringsCount() > 0);
    add(held, AttributeType.TENSORS, attribute.getTensorsCount() > 0);
    add(held, AttributeType.GRAPHS, attribute.getGraphsCount() > 0);
    add(held, AttributeType.SPARSE_TENSORS, attribute.getSparseTensorsCount() > 0);
    add(held, AttributeType.TYPE_PROTOS, attribute.getTypeProtosCount() > 0);
    return held;
  }

  private static void add(Set<AttributeType> held, AttributeType type, boolean there) {
    if (there) {
      held.add(type);
    }
  }

  private void bad(Node node, AttributeProto attribute, String what) {
    findings.add(
        Refusal.Code.ADMISSION_ATTRIBUTE,
        "attribute %s of node %s %s",
        Findings.quote(attribute.getName()),
        Findings.quote(node.label()),
        what);
  }
}
