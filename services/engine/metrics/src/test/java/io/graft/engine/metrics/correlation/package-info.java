@NullMarked
package io.graft.engine.metrics.correlation;

import org.jspecify.annotations.NullMarked;
