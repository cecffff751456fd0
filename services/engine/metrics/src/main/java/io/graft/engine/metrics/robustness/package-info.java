/** How little a picture must change for a model to err. Works on the own models of whoever asks, never over a network. */
@NullMarked
package io.graft.engine.metrics.robustness;

import org.jspecify.annotations.NullMarked;
