@NullMarked
package io.graft.engine.metrics.report;

import org.jspecify.annotations.NullMarked;
