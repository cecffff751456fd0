/** Jobs at run time. */
@NullMarked
package io.graft.platform.jobs;

import org.jspecify.annotations.NullMarked;
