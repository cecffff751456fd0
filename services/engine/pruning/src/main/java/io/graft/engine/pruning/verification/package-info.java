/** Whether a pruning paid. */
@NullMarked
package io.graft.engine.pruning.verification;

import org.jspecify.annotations.NullMarked;
