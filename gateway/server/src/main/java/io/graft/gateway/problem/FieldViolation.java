package io.graft.gateway.problem;

/**
 * One bad field of a request.
 *
 * @param field path in proto spelling, as far as the API knows it, for example {@code spec.lambda}
 * @param description what is wrong and the cure
 */
public record FieldViolation(String field, String description) {}
