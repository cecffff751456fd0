/** Commands on pipelines, their runs, events and dead letters. */
@NullMarked
package io.graft.cli.pipeline;

import org.jspecify.annotations.NullMarked;
