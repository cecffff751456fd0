/** The artifact store and the commit protocol. */
@NullMarked
package io.graft.platform.artifact;

import org.jspecify.annotations.NullMarked;
