/** Pages of the reference that are written from the code, and the test that they are current. */
@NullMarked
package io.graft.platform.testkit.reference;

import org.jspecify.annotations.NullMarked;
