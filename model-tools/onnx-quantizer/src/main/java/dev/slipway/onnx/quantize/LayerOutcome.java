package dev.slipway.onnx.quantize;

/**
 * What became of one layer.
 *
 * @param node name of the node
 * @param type its operator
 * @param quantized whether it computes or stores in fewer bits now
 * @param why the form it has now, or why it stays in float
 */
public record LayerOutcome(String node, String type, boolean quantized, String why) {}
