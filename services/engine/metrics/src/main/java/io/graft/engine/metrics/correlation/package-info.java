/** Agreement of two rankings. */
@NullMarked
package io.graft.engine.metrics.correlation;

import org.jspecify.annotations.NullMarked;
