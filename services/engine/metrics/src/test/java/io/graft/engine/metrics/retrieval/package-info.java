/** Tests of rankings. */
@NullMarked
package io.graft.engine.metrics.retrieval;

import org.jspecify.annotations.NullMarked;
