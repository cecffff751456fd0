/** What a language model's log-probabilities say: multiple choice and perplexity, as in lm-evaluation-harness. */
@NullMarked
package io.graft.engine.metrics.likelihood;

import org.jspecify.annotations.NullMarked;
