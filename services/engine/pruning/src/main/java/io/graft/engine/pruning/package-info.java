/** Which samples of a source data set pay for a target: what pruning takes, answers and refuses. Plain Java. */
@NullMarked
package io.graft.engine.pruning;

import org.jspecify.annotations.NullMarked;
