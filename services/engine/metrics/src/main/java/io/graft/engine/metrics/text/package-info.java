/** Scores of generated text against references, as the usual tools compute them: sacrebleu, rouge_score, jiwer, SQuAD. */
@NullMarked
package io.graft.engine.metrics.text;

import org.jspecify.annotations.NullMarked;
