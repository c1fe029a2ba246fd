package dev.slipway.onnx.graph.admission;

import dev.slipway.onnx.graph.admission.Refusal.Code;
import java.util.ArrayList;
import java.util.List;

/** Files that must be refused, each with the code it must be refused with. */
final class HostileCorpus {
  record Case(String name, Code code, byte[] bytes) {
    @Override
    public String toString() {
      return name;
    }
  }

  private final List<Case> cases = new ArrayList<>();

  static List<Case> all() {
    HostileCorpus corpus = new HostileCorpus();
    HostileFiles.addTo(corpus);
    HostileGraphs.addTo(corpus);
    HostileTensors.addTo(corpus);
    HostileBombs.addTo(corpus);
    return corpus.cases;
  }

  void add(String name, Code code, byte[] bytes) {
    cases.add(new Case(name, code, bytes));
  }
}
