package io.graft.platform.error;

/**
 * One bad field of a request.
 *
 * @param field path of the field in proto spelling, for example {@code spec.lambda}
 * @param description what is wrong and the cure
 */
public record FieldViolation(String field, String description) {}
