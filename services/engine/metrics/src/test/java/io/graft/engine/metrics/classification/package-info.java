@NullMarked
package io.graft.engine.metrics.classification;

import org.jspecify.annotations.NullMarked;
