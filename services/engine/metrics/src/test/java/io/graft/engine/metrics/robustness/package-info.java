@NullMarked
package io.graft.engine.metrics.robustness;

import org.jspecify.annotations.NullMarked;
