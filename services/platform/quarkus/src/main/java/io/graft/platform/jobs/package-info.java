/** Jobs at run time: the reconciler, the reports of workers, the API of jobs. */
@NullMarked
package io.graft.platform.jobs;

import org.jspecify.annotations.NullMarked;
