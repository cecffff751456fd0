/** Planted. */
@NullMarked
package io.graft.planted;

import org.jspecify.annotations.NullMarked;
