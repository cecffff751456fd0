/** How a score grows with the amount of pre-training, fitted and extrapolated. */
@NullMarked
package io.graft.engine.metrics.scaling;

import org.jspecify.annotations.NullMarked;
