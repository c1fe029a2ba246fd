package dev.slipway.onnx.graph.admission;

import static dev.slipway.onnx.graph.admission.Hostile.graph;
import static dev.slipway.onnx.graph.admission.Hostile.ml;
import static dev.slipway.onnx.graph.admission.Hostile.node;
import static dev.slipway.onnx.graph.admission.Hostile.raw;
import static dev.slipway.onnx.graph.admission.Hostile.sizes;
import static dev.slipway.onnx.graph.admission.Hostile.value;
import static dev.slipway.onnx.graph.admission.Hostile.with;

import dev.slipway.onnx.graph.Attributes;
import dev.slipway.onnx.graph.Tensors;
import dev.slipway.onnx.graph.admission.Refusal.Code;
import dev.slipway.onnx.proto.GraphProto;
import java.util.List;

/** Small models that would make a runtime take much memory or time. */
final class HostileBombs {
  private final HostileCorpus cases;

  private HostileBombs(HostileCorpus cases) {
    this.cases = cases;
  }

  static void addTo(HostileCorpus cases) {
    HostileBombs corpus = new HostileBombs(cases);
    corpus.bombs();
  }

  private void bombs() {
    cases.add(
        "ConstantOfShape",
        Code.ADMISSION_BOMB,
        with(node("ConstantOfShape", List.of("s"), List.of("z")), sizes("s", 1 << 20, 1 << 20)));
    cases.add(
        "ConstantOfShape of a Constant",
        Code.ADMISSION_BOMB,
        graph(graph ->
            graph
                .addNode(
                    node(
                        "Constant",
                        List.of(),
                        List.of("s"),
                        Attributes.ofLongs("value_ints", 1L << 40)))
                .addNode(node("ConstantOfShape", List.of("s"), List.of("z")))));
    cases.add(
        "Expand",
        Code.ADMISSION_BOMB,
        with(node("Expand", List.of("x", "s"), List.of("z")), sizes("s", 1L << 40, 2)));
    cases.add(
        "Tile",
        Code.ADMISSION_BOMB,
        with(node("Tile", List.of("x", "s"), List.of("z")), sizes("s", 1L << 40)));
    cases.add(
        "Tile of Tile",
        Code.ADMISSION_BOMB,
        graph(graph ->
            graph
                .addInitializer(sizes("s", 1 << 16))
                .addNode(node("Tile", List.of("x", "s"), List.of("a")))
                .addNode(node("Tile", List.of("a", "s"), List.of("z")))));
    cases.add(
        "Range",
        Code.ADMISSION_BOMB,
        with(
            node("Range", List.of("a", "b", "c"), List.of("z")),
            Tensors.scalar("a", 0),
            Tensors.scalar("b", 1e9f),
            Tensors.scalar("c", 1e-3f)));
    cases.add(
        "Range by zero",
        Code.ADMISSION_BOMB,
        with(
            node("Range", List.of("a", "b", "c"), List.of("z")),
            Tensors.scalar("a", 0),
            Tensors.scalar("b", 1),
            Tensors.scalar("c", 0)));
    cases.add(
        "Pad",
        Code.ADMISSION_BOMB,
        with(node("Pad", List.of("x", "s"), List.of("z")), sizes("s", 1L << 40, 0)));
    cases.add(
        "Resize by sizes",
        Code.ADMISSION_BOMB,
        with(node("Resize", List.of("x", "", "", "s"), List.of("z")), sizes("s", 1L << 40)));
    cases.add(
        "Resize by scales",
        Code.ADMISSION_BOMB,
        with(node("Resize", List.of("x", "", "s"), List.of("z")), Tensors.floats("s", 1e12f)));
    cases.add(
        "OneHot",
        Code.ADMISSION_BOMB,
        with(node("OneHot", List.of("x", "s", "x"), List.of("z")), sizes("s", 1L << 40)));
    cases.add(
        "RandomNormal",
        Code.ADMISSION_BOMB,
        with(node("RandomNormal", List.of(), List.of("z"), Attributes.ofLongs("shape", 1L << 40))));
    cases.add(
        "Conv pads",
        Code.ADMISSION_BOMB,
        with(
            node(
                "Conv",
                List.of("x", "x"),
                List.of("z"),
                Attributes.ofLongs("pads", 1 << 20, 1 << 20, 1 << 20, 1 << 20))));
    cases.add(
        "ConvTranspose output",
        Code.ADMISSION_BOMB,
        with(
            node(
                "ConvTranspose",
                List.of("x", "x"),
                List.of("z"),
                Attributes.ofLongs("output_shape", 1 << 20, 1 << 20))));
    cases.add(
        "window",
        Code.ADMISSION_BOMB,
        with(node("HannWindow", List.of("s"), List.of("z")), sizes("s", 1L << 40)));
    cases.add(
        "outer sum",
        Code.ADMISSION_BOMB,
        with(
            node("Add", List.of("a", "b"), List.of("z")),
            raw("a", 3, 60_000, 60_000, 1),
            raw("b", 3, 60_000, 1, 60_000)));
    cases.add(
        "outer product",
        Code.ADMISSION_BOMB,
        with(
            node("MatMul", List.of("a", "b"), List.of("z")),
            raw("a", 1, 240_000, 60_000, 1),
            raw("b", 1, 240_000, 1, 60_000)));
    cases.add(
        "doubling Concat",
        Code.ADMISSION_BOMB,
        graph(graph -> {
          for (int i = 0; i < 40; i++) {
            String from = i == 0 ? "x" : "d" + (i - 1);
            graph.addNode(
                node("Concat", List.of(from, from), List.of("d" + i), Attributes.of("axis", 0)));
          }
        }));
    cases.add("sparse made dense", Code.ADMISSION_BOMB, Hostile.sparse(0, 1 << 18, 1 << 18));
    cases.add(
        "tf-idf",
        Code.ADMISSION_BOMB,
        with(
            node(
                "TfIdfVectorizer",
                List.of("x"),
                List.of("z"),
                Attributes.ofLongs("ngram_indexes", 1L << 40))));
    cases.add(
        "feature vectorizer",
        Code.ADMISSION_BOMB,
        with(ml("FeatureVectorizer", Attributes.ofLongs("inputdimensions", 1L << 40))));
    cases.add("loop without end", Code.ADMISSION_BOMB, with(loop("")));
    cases.add(
        "loop of many trips", Code.ADMISSION_BOMB, with(loop("s"), sizes("s", Long.MAX_VALUE)));
    cases.add(
        "huge input",
        Code.ADMISSION_BOMB,
        graph(graph -> graph.setInput(0, value("x", 1, 1L << 40))));
  }

  private static dev.slipway.onnx.proto.NodeProto loop(String trips) {
    GraphProto body =
        GraphProto.newBuilder()
            .setName("body")
            .addInput(value("i", 7))
            .addInput(value("c", 9))
            .addOutput(value("c", 9))
            .build();
    return node("Loop", List.of(trips, ""), List.of(), Attributes.of("body", body));
  }
}
