@NullMarked
package io.graft.engine.metrics.gate;

import org.jspecify.annotations.NullMarked;
