/** Proof that the gates of the build bite. */
@NullMarked
package io.graft.platform.testkit.build;

import org.jspecify.annotations.NullMarked;
