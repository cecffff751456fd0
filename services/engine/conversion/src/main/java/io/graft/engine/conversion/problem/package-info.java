/** Why an import is refused. */
@NullMarked
package io.graft.engine.conversion.problem;

import org.jspecify.annotations.NullMarked;
