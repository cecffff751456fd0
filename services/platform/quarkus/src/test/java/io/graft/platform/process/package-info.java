/** Workers as processes. */
@NullMarked
package io.graft.platform.process;

import org.jspecify.annotations.NullMarked;
