/** Expressions of pipelines in CEL; the one place that knows its library. */
@NullMarked
package io.graft.pipelines.expression;

import org.jspecify.annotations.NullMarked;
