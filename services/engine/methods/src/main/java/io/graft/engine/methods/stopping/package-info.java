/** When a run ends before its last step. */
@NullMarked
package io.graft.engine.methods.stopping;

import org.jspecify.annotations.NullMarked;
