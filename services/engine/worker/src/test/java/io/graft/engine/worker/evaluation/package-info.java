/** Tests of how models are measured. */
@NullMarked
package io.graft.engine.worker.evaluation;

import org.jspecify.annotations.NullMarked;
