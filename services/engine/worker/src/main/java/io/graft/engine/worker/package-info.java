/** One attempt of a job in one process: pulls inputs, runs what the job's kind asks for, commits, reports, exits. */
@NullMarked
package io.graft.engine.worker;

import org.jspecify.annotations.NullMarked;
