/** Pipelines, triggers and runs in PostgreSQL. */
@NullMarked
package io.graft.pipelines.store;

import org.jspecify.annotations.NullMarked;
