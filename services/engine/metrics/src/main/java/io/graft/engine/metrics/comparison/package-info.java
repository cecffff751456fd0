/** Two systems on the same examples: differences, their confidence bounds and tests. */
@NullMarked
package io.graft.engine.metrics.comparison;

import org.jspecify.annotations.NullMarked;
