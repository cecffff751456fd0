@NullMarked
package io.graft.engine.metrics;

import org.jspecify.annotations.NullMarked;
