/** How much a result depends on a setting, and how sharp a minimum is. */
@NullMarked
package io.graft.engine.metrics.sensitivity;

import org.jspecify.annotations.NullMarked;
