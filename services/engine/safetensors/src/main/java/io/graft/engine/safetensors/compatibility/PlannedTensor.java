package io.graft.engine.safetensors.compatibility;

import io.graft.engine.safetensors.TensorSpec;

/**
 * One tensor of the result.
 *
 * @param output name, dtype and shape as it will be written
 * @param action what happens to it
 * @param computedElements how many leading elements (row-major) get arithmetic; the others come from the target
 */
public record PlannedTensor(TensorSpec output, TensorAction action, long computedElements) {}
