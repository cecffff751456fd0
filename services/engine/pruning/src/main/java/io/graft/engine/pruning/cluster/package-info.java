/** Centroids of features, in bounded memory. */
@NullMarked
package io.graft.engine.pruning.cluster;

import org.jspecify.annotations.NullMarked;
