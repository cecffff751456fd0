/** The job: its state machine, its plan and its store. */
@NullMarked
package io.graft.platform.job;

import org.jspecify.annotations.NullMarked;
