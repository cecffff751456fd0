@NullMarked
package io.graft.engine.metrics.sensitivity;

import org.jspecify.annotations.NullMarked;
