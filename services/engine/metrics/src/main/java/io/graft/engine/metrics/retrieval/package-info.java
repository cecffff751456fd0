/** Scores of rankings: recall, NDCG and reciprocal rank. */
@NullMarked
package io.graft.engine.metrics.retrieval;

import org.jspecify.annotations.NullMarked;
