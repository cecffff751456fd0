/** What every implementation of a port must do, as tests that each implementation runs. */
@NullMarked
package io.graft.platform.testkit.contract;

import org.jspecify.annotations.NullMarked;
