/** What pipelines do: documents checked and compiled, runs as a state machine, triggers. Plain Java. */
@NullMarked
package io.graft.pipelines.domain;

import org.jspecify.annotations.NullMarked;
