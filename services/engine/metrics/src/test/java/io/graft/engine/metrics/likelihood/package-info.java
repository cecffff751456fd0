@NullMarked
package io.graft.engine.metrics.likelihood;

import org.jspecify.annotations.NullMarked;
