package io.graft.platform.methods;

/**
 * One bad parameter.
 *
 * @param param its name on the wire
 * @param message what is wrong and the cure
 */
public record ParamProblem(String param, String message) {}
