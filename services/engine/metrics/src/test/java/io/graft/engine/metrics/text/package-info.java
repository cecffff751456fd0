@NullMarked
package io.graft.engine.metrics.text;

import org.jspecify.annotations.NullMarked;
