/** Filters and pages. */
@NullMarked
package io.graft.platform.query;

import org.jspecify.annotations.NullMarked;
