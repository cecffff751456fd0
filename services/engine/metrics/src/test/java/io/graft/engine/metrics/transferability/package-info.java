@NullMarked
package io.graft.engine.metrics.transferability;

import org.jspecify.annotations.NullMarked;
