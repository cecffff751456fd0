/** A real store of jobs. */
@NullMarked
package io.graft.platform.servicekit.store;

import org.jspecify.annotations.NullMarked;
