@NullMarked
package io.graft.engine.metrics.comparison;

import org.jspecify.annotations.NullMarked;
