/** All of Graft on one machine, in one process beside its parts. */
@NullMarked
package io.graft.standalone;

import org.jspecify.annotations.NullMarked;
