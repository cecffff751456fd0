@NullMarked
package io.graft.engine.metrics.calibration;

import org.jspecify.annotations.NullMarked;
