package dev.slipway.inference.protocol;

import dev.slipway.inference.http.HttpReply;

/**
 * The answer to a request.
 *
 * @param outcome what became of it
 * @param code the code of the problem, empty when there was none
 * @param reply what the client gets
 */
public record Answer(Outcome outcome, String code, HttpReply reply) {}
