/** Runners of the jobs that compute with tensors: fine-tune, merge, train, evaluate. */
@NullMarked
package io.graft.engine.worker.training;

import org.jspecify.annotations.NullMarked;
