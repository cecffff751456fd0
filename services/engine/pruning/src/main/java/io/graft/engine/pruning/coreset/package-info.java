/** Baselines that look at the source only. */
@NullMarked
package io.graft.engine.pruning.coreset;

import org.jspecify.annotations.NullMarked;
