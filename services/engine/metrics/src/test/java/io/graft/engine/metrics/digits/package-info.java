@NullMarked
package io.graft.engine.metrics.digits;

import org.jspecify.annotations.NullMarked;
