/** Classes of the source that the target's samples map to. */
@NullMarked
package io.graft.engine.pruning.mapping;

import org.jspecify.annotations.NullMarked;
