/** Starting workers. */
@NullMarked
package io.graft.platform.launch;

import org.jspecify.annotations.NullMarked;
