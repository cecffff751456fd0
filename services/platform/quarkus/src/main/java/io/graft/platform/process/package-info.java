/** Workers as child processes of this machine. */
@NullMarked
package io.graft.platform.process;

import org.jspecify.annotations.NullMarked;
