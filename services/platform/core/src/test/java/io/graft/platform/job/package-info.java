/** The life of a job. */
@NullMarked
package io.graft.platform.job;

import org.jspecify.annotations.NullMarked;
