/** Learning rates over a run. A schedule gives the rate of a step; parameter groups multiply it. */
@NullMarked
package io.graft.engine.methods.schedule;

import org.jspecify.annotations.NullMarked;
