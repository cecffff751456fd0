/** What the code of every module must look like, as rules that its tests check. */
@NullMarked
package io.graft.platform.testkit.architecture;

import org.jspecify.annotations.NullMarked;
