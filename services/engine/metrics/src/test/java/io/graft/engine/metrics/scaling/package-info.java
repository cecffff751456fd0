@NullMarked
package io.graft.engine.metrics.scaling;

import org.jspecify.annotations.NullMarked;
