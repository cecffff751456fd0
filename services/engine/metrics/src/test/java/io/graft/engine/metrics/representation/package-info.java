@NullMarked
package io.graft.engine.metrics.representation;

import org.jspecify.annotations.NullMarked;
