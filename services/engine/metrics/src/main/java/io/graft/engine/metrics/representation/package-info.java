/** What features are like: invariant under a transformation, similar to others, separable by a linear probe or neighbours. */
@NullMarked
package io.graft.engine.metrics.representation;

import org.jspecify.annotations.NullMarked;
