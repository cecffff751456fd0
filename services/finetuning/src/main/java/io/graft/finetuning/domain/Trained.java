package io.graft.finetuning.domain;

import io.graft.v1.MethodChoice;

/**
 * What a fine-tuning trains.
 *
 * @param choice the adapter with its targets filled in
 * @param elements elements that are trained, those of a new head not counted
 */
record Trained(MethodChoice choice, long elements) {}
