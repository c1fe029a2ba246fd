package dev.slipway.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One input or output of an uploaded model.
 *
 * @param name as in the ONNX graph
 * @param datatype element type
 * @param shape sizes of the dimensions; -1 where the size is open (the rows of a batch)
 */
public record TensorSpec(String name, Datatype datatype, List<Long> shape) {
  /** A stand-in where the description is wrong; never leaves this package. */
  private static final List<Long> ANY_SHAPE = List.of(-1L);

  private static final int MOST_DIMENSIONS = 8;

  /** Keeps a copy of the shape. */
  public TensorSpec {
    shape = List.copyOf(shape);
  }

  /** The settings of one tensor of one list. */
  record Keys(Setting<String> name, Setting<Datatype> datatype, Setting<List<Long>> shape) {
    static Keys below(String list, String what) {
      String item = "model." + list + "[].";
      return new Keys(
          Setting.bare(item + "name", Names.TENSOR, "name of the " + what + " in the ONNX graph"),
          Setting.bare(item + "datatype", Values.oneOf(Datatype.class), "element type"),
          Setting.bare(
              item + "shape",
              Values.list(
                  "1 to 8 sizes from 1 to 1000000000, -1 where the size is open",
                  Values.whole(-1, 1_000_000_000),
                  TensorSpec::isShape),
              "sizes of the dimensions; -1 for the rows of a batch"));
    }

    List<Setting<?>> settings() {
      return List.of(name, datatype, shape);
    }
  }

  private static boolean isShape(List<Long> sizes) {
    return !sizes.isEmpty() && sizes.size() <= MOST_DIMENSIONS && !sizes.contains(0L);
  }

  static List<TensorSpec> readAll(Area parent, String list, Keys keys) {
    Optional<SpecNode> node = parent.node(list);
    List<TensorSpec> tensors = new ArrayList<>();
    switch (node.orElse(new SpecNode.Sequence(parent.line(), List.of()))) {
      case SpecNode.Sequence(int _, List<SpecNode> items) -> {
        for (SpecNode item : items) {
          String path = parent.place(list) + "[" + tensors.size() + "]";
          tensors.add(read(Area.of(path, item, parent.problems()), keys));
        }
      }
      case SpecNode.Mapping _, SpecNode.Scalar _ ->
          parent.conflict(list, "expected a list of {name, datatype, shape}");
    }
    refuseTwins(parent, list, tensors);
    return List.copyOf(tensors);
  }

  private static TensorSpec read(Area area, Keys keys) {
    TensorSpec tensor =
        new TensorSpec(
            area.require(keys.name, ""),
            area.require(keys.datatype, Datatype.FP32),
            area.require(keys.shape, ANY_SHAPE));
    area.refuseUnknown();
    return tensor;
  }

  private static void refuseTwins(Area parent, String list, List<TensorSpec> tensors) {
    long names = tensors.stream().map(TensorSpec::name).distinct().count();
    if (names < tensors.size()) {
      parent.conflict(list, "two tensors have the same name");
    }
  }

  void write(ObjectNode json, Keys keys) {
    json.set("name", keys.name.toJson(name));
    json.set("datatype", keys.datatype.toJson(datatype));
    json.set("shape", keys.shape.toJson(shape));
  }
}
