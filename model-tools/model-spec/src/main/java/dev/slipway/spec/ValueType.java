package dev.slipway.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.function.Function;

/**
 * How one kind of value is read, checked and written.
 *
 * @param expected the allowed values in words, limits included
 * @param read the value, or empty where the node does not hold an allowed one
 * @param write the value as JSON; reading it gives the same value again
 */
record ValueType<T>(
    String expected, Function<SpecNode, Optional<T>> read, Function<T, JsonNode> write) {}
