/** Jobs that look at the features of versions: which promises most for a target, and what a version does not tell apart. */
@NullMarked
package io.graft.engine.worker.representation;

import org.jspecify.annotations.NullMarked;
