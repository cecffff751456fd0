/** The decision to promote a model, with its evidence. */
@NullMarked
package io.graft.engine.metrics.gate;

import org.jspecify.annotations.NullMarked;
