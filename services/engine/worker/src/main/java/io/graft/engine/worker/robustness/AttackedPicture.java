package io.graft.engine.worker.robustness;

import io.graft.engine.metrics.robustness.AttackResult;
import io.graft.engine.metrics.robustness.AttributionSimilarity;
import org.jspecify.annotations.Nullable;

/**
 * One picture and what the attack on it came to.
 *
 * @param row position among the rows that are measured on, from 0
 * @param label index of its label
 * @param attribution how alike the maps of what mattered are before and after; null unless asked for and fooled
 */
record AttackedPicture(
        int row, int label, AttackResult result, @Nullable AttributionSimilarity attribution) {}
