/** Proof that each rule bites. */
@NullMarked
package io.graft.platform.testkit.architecture;

import org.jspecify.annotations.NullMarked;
